import jsonata from 'jsonata';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { createSandbox } from './pool.ts';

vi.setConfig({ testTimeout: 60_000 });

const sandbox = createSandbox();
afterAll(() => sandbox.close());

const order = {
  id: 'A-1', number: 17, total: 12.5, paid: true, note: null, tags: 'spring,newsletter', created: '2026-03-14T09:26:53.000Z', email: 'Anna@Example.COM',
  customer: { first: 'Anna', last: 'Lindqvist', phone: '+46 8 555 010 22', addresses: [{ city: 'Kiel', zip: '24103' }, { city: 'Malmö', zip: '211 22' }] },
  lines: [
    { sku: 'a', qty: 2, price: 10.25, tags: ['x', 'y'], sub: [{ n: 1 }, { n: 2 }] },
    { sku: 'b', qty: 1, price: 4, tags: [], sub: [{ n: 3 }] },
    { sku: 'c', qty: 5, price: 0.1, tags: ['y'], sub: [] },
  ],
};

// Every kind of node of the language and every family of functions.
const expressions = String.raw`
customer.first & " " & customer.last
lines.sku
lines[0].sku
lines[-1].sku
lines[qty > 1].sku
lines[qty > 1][0]
lines[[0..1]].sku
lines.sub.n
lines.(sub.n)
lines.sub[0].n
lines.tags
lines.{ "sku": sku, "net": qty * price }
lines{ sku: qty }
lines{ $string(qty > 1): $sum(qty) }
lines#$i.{ "at": $i, "sku": sku }
lines@$l.sub@$s.{ "sku": $l.sku, "n": $s.n }
lines.sub.{ "n": n, "of": %.sku }
lines^(price).sku
lines^(>qty, sku).sku
[1..5]
[1..3, 9, [10]]
[lines.qty, "end"]
*
customer.*
**.n
customer.addresses[city = "Kiel"].zip
customer.addresses[].city
lines.sku[]
($a := 1; $b := $a + 2; $a * $b)
($f := function($x) { $x * 2 }; $map(lines.qty, $f))
($fact := function($n) { $n <= 1 ? 1 : $n * $fact($n - 1) }; $fact(10))
($tail := function($n, $acc) { $n = 0 ? $acc : $tail($n - 1, $acc + $n) }; $tail(500, 0))
($add := function($a, $b) { $a + $b }; $inc := $add(1, ?); $inc(41))
($up := $uppercase(?); $up("a"))
($two := $uppercase ~> $substring(?, 0, 2); $two("hello"))
customer.first ~> $uppercase() ~> $substring(1)
($chain := $trim ~> $uppercase; $chain("  a "))
function($x){ $x }(3)
(function($x)<n:n>{ $x + 1 })(3)
paid ? "yes" : "no"
missing ? 1
note = null
missing.path.to
missing ?: "elvis"
note ?? "coalesced"
lines.qty in [2, 5]
"a" in lines.sku
1 = 1 and 2 != 3 or false
$not(paid)
-number
number % 5
7 / 2
"a" < "b"
$sum(lines.(qty * price))
$count(lines)
$max(lines.price)
$min(lines.price)
$average(lines.qty)
$round(2.5) & $round(3.5) & $round(1.005, 2) & $round(125, -1)
$floor(2.7) + $ceil(2.1) + $abs(-3) + $sqrt(16) + $power(2, 8)
$number("12.5") + $number(true)
$formatNumber(1234.5678, "#,##0.00")
$formatNumber(0.14, "0%")
$formatBase(255, 16)
$formatInteger(2026, "w")
$formatInteger(1999, "I")
$parseInteger("two thousand", "w")
$string(lines[0])
$string(lines[0], true)
$length("Malmö")
$substring("hello", 1, 3)
$substring("hello", -2)
$substringBefore("a-b", "-") & $substringAfter("a-b", "-")
$uppercase("x") & $lowercase("Y")
$trim("  a   b ")
$pad("x", 5) & "|" & $pad("x", -5, "#")
$contains("abc", "b") and $contains("abc", /B/i)
$split(tags, ",")
$split("a1b22c", /[0-9]+/)
$split("a,b,c", ",", 2)
$join(lines.sku, "-")
$match("ababbxabbb", /a(b+)/)
$match("ababbxabbb", /a(b+)/, 1)
$replace(customer.phone, /[^0-9+]/, "")
$replace("aaa", "a", "b", 2)
$replace("John Smith", /(\w+)\s(\w+)/, "$2, $1")
$replace("temp 68F", /([0-9]+)F/, function($m) { $string($round(($number($m.groups[0]) - 32) * 5 / 9)) & "C" })
$base64encode("weft") & $base64decode("d2VmdA==")
$encodeUrlComponent("a b&c") & $decodeUrlComponent("a%20b")
$encodeUrl("https://x.y/a b") & $decodeUrl("https://x.y/a%20b")
$boolean([0]) or $exists(missing)
$append([1, 2], 3)
$reverse([1, 2, 3])
$distinct([1, 2, 2, 1, "1"])
$sort([3, 1, 2])
$sort(["b", "a"])
$sort(lines, function($l, $r) { $l.price > $r.price }).sku
$zip([1, 2], ["a", "b"])
$map(lines, function($l, $i, $a) { $l.sku & $i & $count($a) })
$filter(lines, function($l) { $l.qty > 1 }).sku
$single(lines, function($l) { $l.sku = "b" }).qty
$reduce(lines.qty, function($i, $j) { $i + $j })
$reduce(lines.qty, function($i, $j) { $i + $j }, 100)
$each(customer, function($v, $k) { $k & ":" & $type($v) })
$sift(customer, function($v, $k) { $k != "last" })
$keys(customer)
$lookup(customer, "first")
$merge([{ "a": 1 }, { "b": 2 }, { "a": 3 }])
$spread(customer.addresses)
$type(lines) & $type(note) & $type($sum) & $type(1)
$assert(paid, "not paid")
$fromMillis(1521801216617)
$fromMillis(1521801216617, "[D01].[M01].[Y0001] [H01]:[m01] [z]", "+0200")
$fromMillis(1521801216617, "[FNn], [D1o] [MNn] [Y]")
$toMillis("2018-03-23T10:33:36.617Z")
$toMillis("23.03.2018", "[D01].[M01].[Y0001]")
$ ~> | lines | { "net": qty * price }, ["tags", "sub"] |
lines ~> | $ | { "sku": $uppercase(sku) } |
$eval("[1,2,3]") ~> $sum()
$eval("lines.qty", $)
{ "nested": { "deep": lines.{ "s": sku } }, "list": [lines.sku], "empty": [] }
{ "__weird key": 1, "a b": 2 }
$$.lines[0].sku
lines.($$.id & sku)
lines[$contains(sku, /[ab]/)].qty
/* comment */ id
"\u00e9\n\t\""
1e3 + 0x
$string(1.0e-7) & $string(123456789012345680000)
$shuffle([1])
lines.tags[0]
(lines.tags)[0]
lines[0].tags[]
$.id
customer.(first; last)
$sum([])
$substring(number, 1)
$uppercase(17)
lines + 1
$error("stopped")
$single(lines)
$assert(false, "refused")
$lines(
"unfinished
lines[
$undefinedFunction(1)
(lines; 
`.trim().split('\n');

async function theirs(expression: string): Promise<{ value: string } | { message: string; position: number | undefined }> {
  try {
    const value: unknown = await jsonata(expression).evaluate(structuredClone(order));
    if (value === undefined) return { message: 'The expression found nothing: a path in it leads nowhere in this record. Say [] to drop a record.', position: undefined };
    return { value: JSON.stringify(Array.isArray(value) ? value : [value]) };
  } catch (error) {
    const { message, position } = error as { message: string; position?: number };
    return { message, position };
  }
}

async function ours(expression: string): Promise<{ value: string } | { message: string; position: number | undefined }> {
  const result = await sandbox.evaluate({ tenant: 'a', language: 'jsonata', script: expression, input: JSON.stringify([{ key: '0', data: order }]), timeoutMs: 2_000, memoryMb: 64 });
  if (!result.ok) return { message: result.message, position: result.position };
  const [entry] = JSON.parse(result.output);
  if ('results' in entry) return { value: JSON.stringify(entry.results) };
  return { message: entry.error.message, position: entry.error.position };
}

describe('JSONata without promises', () => {
  test.each(expressions)('%s', async (expression) => {
    const [expected, got] = await Promise.all([theirs(expression), ours(expression)]);
    expect(got).toEqual(expected);
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseJson } from '../../flow/json.ts';
import { compileSchema } from './compile-schema.ts';
import { inferSchema } from './infer-schema.ts';
import { compileLinearPattern } from './linear-pattern.ts';

function faults(schema: object, data: string): string[] {
  const compiled = compileSchema(JSON.stringify(schema));
  if (!compiled.ok) throw new Error(`${compiled.problem} ${compiled.detail}`);
  return compiled.check(parseJson(data)).map(({ path, keyword }) => `${path}:${keyword}`);
}

const ORDER = {
  type: 'object',
  required: ['id', 'lines'],
  properties: {
    id: { type: 'integer', minimum: 1 },
    lines: { type: 'array', minItems: 1, items: { $ref: '#/$defs/line' } },
    total: { type: 'number', multipleOf: 0.01 },
    state: { enum: ['open', 'paid'] },
  },
  additionalProperties: false,
  $defs: { line: { type: 'object', required: ['sku'], properties: { sku: { type: 'string', pattern: '^[A-Z]{2}-\\d+$' }, parts: { type: 'array', items: { $ref: '#/$defs/line' } } } } },
};

describe('a schema', () => {
  test.each<[string, string[]]>([
    ['{"id":7,"lines":[{"sku":"AB-1"}]}', []],
    ['{"id":900719925474099312345,"lines":[{"sku":"AB-1"}],"total":12.50}', []],
    ['{"id":0,"lines":[]}', ['id:minimum', 'lines:minItems']],
    ['{"id":1.5,"lines":[{"sku":"x"}]}', ['id:type', 'lines[0].sku:pattern']],
    ['{"id":1,"lines":[{"sku":"AB-1","parts":[{}]}]}', ['lines[0].parts[0].sku:required']],
    ['{"id":1,"lines":[{"sku":"AB-1"}],"total":0.305,"extra":1}', ['total:multipleOf', 'extra:not_allowed']],
    ['{"id":1,"lines":[{"sku":"AB-1"}],"state":"lost"}', ['state:enum']],
    ['{"lines":[{"sku":"AB-1"}]}', ['id:required']],
    ['[]', [':type']],
  ])('%s', (data, expected) => {
    expect(faults(ORDER, data).sort()).toEqual([...expected].sort());
  });

  test.each<[object, string, string[]]>([
    [{ anyOf: [{ type: 'string' }, { type: 'null' }] }, 'null', []],
    [{ anyOf: [{ type: 'string' }, { type: 'null' }] }, '1', [':anyOf']],
    [{ oneOf: [{ minimum: 1 }, { minimum: 5 }] }, '9', [':oneOf']],
    [{ not: { const: 1 } }, '1.0', [':not']],
    [JSON.parse('{"if":{"required":["a"]},"then":{"required":["b"]}}'), '{"a":1}', ['b:required']],
    [{ uniqueItems: true }, '[1,1.0]', [':uniqueItems']],
    [{ prefixItems: [{ type: 'string' }], items: { type: 'number' } }, '["a",1,"b"]', ['[2]:type']],
    [{ contains: { const: 3 } }, '[1,2]', [':contains']],
    [{ patternProperties: { '^x': { type: 'number' } }, additionalProperties: false }, '{"x1":1,"y":2}', ['y:not_allowed']],
    [{ dependentRequired: { card: ['name'] } }, '{"card":1}', ['name:required']],
    [{ type: 'string', nullable: true }, 'null', []],
    [{ maxLength: 2 }, '"😀😀"', []],
    [{ format: 'date' }, '"2026-02-30"', [':format']],
    [{ format: 'date-time' }, '"2026-02-03T04:05:06Z"', []],
    [{ format: 'email' }, '"a@b"', [':format']],
    [{ format: 'colour' }, '"anything"', []],
    [{ maximum: 1e19 }, '10000000000000000001', [':maximum']],
  ])('%j on %s', (schema, data, expected) => {
    expect(faults(schema, data)).toEqual(expected);
  });

  test.each<[string, string]>([
    ['{', 'malformed'],
    ['"x"', 'not_a_schema'],
    ['{"type":"money"}', 'not_a_schema'],
    ['{"unevaluatedProperties":false}', 'keyword_unsupported'],
    ['{"$ref":"https://example.com/schema"}', 'reference_unknown'],
    ['{"$ref":"#/$defs/gone"}', 'reference_unknown'],
    ['{"pattern":"(?=a)b"}', 'pattern_unsafe'],
    ['{"pattern":"(a)\\\\1"}', 'pattern_unsafe'],
  ])('%s is refused before anything runs', (text, problem) => {
    expect(compileSchema(text)).toMatchObject({ ok: false, problem });
  });

  test('a schema that offers itself twice over ends all the same', () => {
    expect(faults({ anyOf: [{ $ref: '#' }, { $ref: '#' }] }, '1')).toContain(':too_complex');
    const tree = { type: 'array', items: { anyOf: [{ $ref: '#' }, { $ref: '#' }] } };
    expect(faults(tree, `${'['.repeat(60)}1${']'.repeat(60)}`).length).toBeGreaterThan(0);
  });

  test('a sample fits the schema drawn from it', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 3 }), (value) => {
        const text = JSON.stringify(value);
        if (/"(?:__proto__|constructor|prototype)"/.test(text)) return;
        const sample = parseJson(text);
        // Lists of mixed items are drawn from their first one.
        if (text.includes('[')) return;
        const compiled = compileSchema(JSON.stringify(inferSchema(sample)));
        expect(compiled.ok && compiled.check(sample)).toEqual([]);
      }),
    );
  });
});

describe('patterns', () => {
  const piece = fc.constantFrom('a', 'b', '.', '\\d', '[ab]', '[^a]', '\\w', '(?:ab|a)', '(a|b)', '-');
  const suffix = fc.constantFrom('', '*', '+', '?', '{2}', '{1,3}', '{0,}');
  const pattern = fc
    .tuple(fc.constantFrom('', '^'), fc.array(fc.tuple(piece, suffix), { minLength: 1, maxLength: 5 }), fc.constantFrom('', '$'))
    .map(([start, parts, end]) => start + parts.map((part) => part.join('')).join('') + end);

  test('find what the engine’s own would find', () => {
    fc.assert(
      fc.property(pattern, fc.string({ unit: fc.constantFrom('a', 'b', '1', '-', 'é', '😀'), maxLength: 8 }), (source, text) => {
        expect([source, text, compileLinearPattern(source)?.test(text)]).toEqual([source, text, new RegExp(source, 'u').test(text)]);
      }),
      { numRuns: 500 },
    );
  });

  test.each(['^(a+)+$', '(a|a)*b', '^(([a-z])+.)+[A-Z]([a-z])+$', 'a*a*a*a*a*a*c'])('%s does not hang', (source) => {
    const started = performance.now();
    compileLinearPattern(source)?.test(`${'a'.repeat(5_000)}!`);
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  test('refuses what would need looking back or around', () => {
    for (const source of ['(?=a)', '(?<!a)b', '\\bword', '(a)\\1', 'a{1000}', '(', 'a)', '[a', '*', `${'('.repeat(60)}a${')'.repeat(60)}`]) {
      expect([source, compileLinearPattern(source)]).toEqual([source, null]);
    }
  });
});

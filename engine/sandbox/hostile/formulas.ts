import type { HostileScript } from './hostile-script.ts';

const ENDED = /^(timeout: |memory: )|Maximum call stack/;

/** JSONata expressions; they are not JavaScript, but what evaluates them is. */
export const formulas: HostileScript[] = [
  { name: 'endless recursion', script: '($f := function($x) { $f($x) + 1 }; $f(1))', says: ENDED },
  { name: 'endless recursion in tail position', script: '($f := function($x) { $f($x + 1) }; $f(1))', says: ENDED },
  { name: 'endless loop through eval', script: '($f := function() { $eval("$f()", $) ~> $f() }; $f())', says: /timeout|memory|Maximum call stack|Attempted to invoke/ },
  { name: 'a range of ten million', script: '$sum([1..10000000])', says: /timeout|memory|results/ },
  { name: 'a range beyond the library\'s limit', script: '[1..100000000]', says: /"error":\{"message":"The size of the sequence allocated/ },
  { name: 'ranges of ranges', script: '[1..5000].[1..5000]', says: ENDED },
  { name: 'a string that doubles', script: '($f := function($s, $n) { $n = 0 ? $s : $f($s & $s, $n - 1) }; $length($f("xxxxxxxx", 60)))', says: /timeout|memory|Invalid string length/ },
  { name: 'pad to the limit', script: '$length($pad("", 1000000000))', says: /timeout|memory|Invalid|count value/ },
  { name: 'regular expression that backtracks', script: '$match("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", /^(a+)+$/)', says: /^timeout: / },
  { name: 'regular expression that matches nothing', script: '$match("abc", /x*/)', says: /zero-length|matches zero/ },
  { name: 'constructor of a string', script: '"x".constructor', says: /found nothing/ },
  { name: 'constructor through lookup', script: '$lookup($, "constructor")', says: /found nothing/ },
  { name: 'prototype through lookup', script: '$lookup($, "__proto__")', says: /found nothing/ },
  { name: 'constructor of a function', script: '$sum.constructor', says: /found nothing/ },
  { name: 'the frames behind a lambda', script: '(function($x) { $x }).environment', says: /found nothing|function/ },
  { name: 'the frames behind a lambda, by wildcard', script: '(function($x) { $x }).**', says: /.+/ },
  { name: 'a function as answer', script: '$uppercase', says: /gave a function/ },
  { name: 'a lambda as answer', script: 'function($x) { $x }', says: /gave a function/ },
  { name: 'pollutes through a transform', script: '$ ~> | $ | { "__proto__": { "polluted": true } } |', says: /.+/ },
  { name: 'pollutes through a group', script: '{ "__proto__": { "polluted": true }, "constructor": 1 }', says: /.+/ },
  { name: 'pollutes through merge', script: '$merge([{ "__proto__": { "polluted": true } }])', says: /.+/ },
  { name: 'redefines what the library offers', script: '($sum := function($x) { "mine" }; $sum([1]))', says: /"results":\["mine"\]/ },
  { name: 'JavaScript in eval', script: '$eval("process.exit(1)")', says: /.+/ },
  { name: 'JavaScript in a string', script: '"`${process.exit(1)}`"', says: /"results":\[/ },
  { name: 'ends the string it is carried in', script: '"\\"))); process.exit(1); ((("', says: /"results":\[/ },
  { name: 'unfinished', script: '{ "a": ', says: /^syntax: .*/ },
  { name: 'nested beyond reason', script: `${'('.repeat(20_000)}1${')'.repeat(20_000)}`, says: /^syntax: |^timeout: |Maximum call stack|crashed/ },
  { name: 'asserts with a giant message', script: '$error($pad("", 100000, "x"))', says: /"error":\{"message":"x{1000}"/ },
].map((one) => ({ ...one, language: 'jsonata' }));

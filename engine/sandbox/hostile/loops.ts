import type { HostileScript } from './hostile-script.ts';

const TIMEOUT = /^timeout: The script took longer/;
/** Near its heap limit V8 may collect garbage until the time is over: which limit is met first is its affair. */
const TIMEOUT_OR_MEMORY = /^(timeout: The script took longer|memory: The script used more)/;

/** Scripts that never end. */
export const loops: HostileScript[] = [
  { name: 'endless while', script: 'while (true) {}', says: TIMEOUT },
  { name: 'endless for without a body', script: 'for (;;);', says: TIMEOUT },
  { name: 'endless loop inside finally', script: 'try { return record; } finally { while (true) {} }', says: TIMEOUT },
  { name: 'a loop that catches everything', script: 'while (true) { try { while (true) {} } catch {} }', says: TIMEOUT },
  { name: 'endless loop in a promise', script: 'Promise.resolve().then(() => { for (;;); }); return record;', says: TIMEOUT },
  { name: 'promises that beget promises', script: 'const again = () => Promise.resolve().then(again); again(); return record;', says: TIMEOUT_OR_MEMORY },
  { name: 'a flood of promises', script: 'const flood = async () => { for (;;) await Promise.all(Array.from({ length: 100 }, () => null)); }; flood(); return record;', says: TIMEOUT_OR_MEMORY },
  { name: 'async iterator that never ends', script: '(async () => { for await (const one of (async function* () { for (;;) yield 1; })()) void one; })(); return record;', says: TIMEOUT_OR_MEMORY },
  { name: 'iterator that never ends, spread', script: 'return [...(function* () { for (;;) yield 1; })()];', says: TIMEOUT_OR_MEMORY },
  { name: 'iterator that never ends, destructured', script: 'const [...all] = { [Symbol.iterator]: () => ({ next: () => ({ value: 1 }) }) }; return all;', says: TIMEOUT_OR_MEMORY },
  { name: 'Array.from of an endless iterator', script: 'return Array.from({ [Symbol.iterator]: () => ({ next: () => ({ value: 1 }) }) });', says: TIMEOUT_OR_MEMORY },
  { name: 'regular expression that backtracks forever', script: 'return /^(a+)+$/.test("a".repeat(60) + "!");', says: TIMEOUT },
  { name: 'regular expression in replace', script: 'return "x".repeat(40).replace(/(x+x+)+y/, "");', says: TIMEOUT },
  { name: 'regular expression with look-behind', script: 'return /(?<=^(a|aa)+)$/.test("b" + "a".repeat(50)) || /^(a|aa)+$/.test("a".repeat(60) + "b");', says: TIMEOUT },
  { name: 'a thenable that loops', script: 'Promise.resolve({ then() { for (;;); } }); return record;', says: TIMEOUT },
  { name: 'loop inside toString of what is thrown', script: 'throw { toString() { for (;;); }, toJSON() { for (;;); } };', says: TIMEOUT },
  { name: 'loop inside message of what is thrown', script: 'const e = new Error(); Object.defineProperty(e, "message", { get() { for (;;); } }); throw e;', says: TIMEOUT },
  { name: 'loop inside toJSON of the answer', script: 'return { toJSON() { for (;;); } };', says: TIMEOUT },
  { name: 'loop inside a getter of the answer', script: 'return { get a() { for (;;); } };', says: TIMEOUT },
  { name: 'loop inside a proxy of the answer', script: 'return new Proxy({}, { ownKeys() { for (;;); } });', says: TIMEOUT },
  { name: 'loop inside what is logged', script: 'console.log({ toJSON() { for (;;); } }); return record;', says: TIMEOUT },
  { name: 'loop inside valueOf', script: 'return +{ valueOf() { for (;;); } };', says: TIMEOUT },
  { name: 'loop inside Symbol.toPrimitive', script: 'return `${{ [Symbol.toPrimitive]() { for (;;); } }}`;', says: TIMEOUT },
  { name: 'loop inside a comparator', script: 'return [3, 1, 2].sort(() => { for (;;); });', says: TIMEOUT },
  { name: 'loop inside Symbol.species', script: 'class Lure extends Array { static get [Symbol.species]() { for (;;); } } return new Lure(1, 2).map((x) => x);', says: TIMEOUT },
  { name: 'loop inside Error.prepareStackTrace', script: 'Error.prepareStackTrace = () => { for (;;); }; return new Error().stack;', says: TIMEOUT },
  { name: 'loop inside a then of the answer', script: 'return { get then() { for (;;); } };', says: TIMEOUT },
  { name: 'mutual recursion through promises', script: 'const a = async () => { await null; return b(); }; const b = async () => { await null; return a(); }; a(); return record;', says: TIMEOUT_OR_MEMORY },
  { name: 'sorting ten million numbers', script: 'return Array.from({ length: 1e7 }, (_, i) => -i).sort().length;', says: TIMEOUT_OR_MEMORY },
  { name: 'a number of a million digits', script: 'let n = 3n; for (;;) n **= 3n;', says: /timeout: |memory: |Maximum BigInt size exceeded/ },
  { name: 'ten million dates', script: 'const f = new Intl.DateTimeFormat("de", { dateStyle: "full", timeZone: "Asia/Kathmandu" }); for (let i = 0; ; i++) f.format(new Date(i));', says: TIMEOUT_OR_MEMORY },
  { name: 'a new collator each time', script: 'for (;;) new Intl.Collator("sv", { numeric: true });', says: TIMEOUT_OR_MEMORY },
  { name: 'one record of three hangs', script: 'if (record.hang) for (;;); return record;', records: ['{}', '{"hang":true}', '{}'], says: TIMEOUT },
];

import type { HostileScript } from './hostile-script.ts';

const GONE = /^(memory: The script used more|timeout: The script took longer)|Invalid string length|Invalid array length|Array buffer allocation failed|Invalid typed array length|Map maximum size|Set maximum size|output_too_large: |Maximum call stack|Array length/;

/** Scripts that take all the memory there is, by every road. */
export const memory: HostileScript[] = [
  { name: 'arrays of arrays', script: 'const a = []; while (true) a.push(new Array(10000).fill(record));', says: GONE },
  { name: 'a string that triples', script: 'let s = "x"; while (true) s += s + s;', says: GONE },
  { name: 'a long string, flattened', script: 'let s = "xy".repeat(1e6); const all = []; for (;;) { s = s + "z"; all.push(s.split("").join("")); }', says: GONE },
  { name: 'padEnd to the limit', script: 'return "".padEnd(2 ** 29 - 30, "x").length;', says: /memory|timeout|Invalid string length|"results":\[536870882\]/ },
  { name: 'typed arrays', script: 'const a = []; while (true) a.push(new Uint8Array(1e6).fill(1));', says: GONE },
  { name: 'one typed array of four gigabytes', script: 'return new Uint8Array(2 ** 32).length;', says: GONE },
  { name: 'a resizable buffer', script: 'const b = new ArrayBuffer(1, { maxByteLength: 2 ** 31 }); b.resize(2 ** 31); return b.byteLength;', says: /b\.resize is not a function/ },
  { name: 'a buffer that is transferred', script: 'return new ArrayBuffer(1).transfer(2 ** 31).byteLength;', says: /transfer is not a function/ },
  { name: 'WebAssembly memory', script: 'return new WebAssembly.Memory({ initial: 30000 }).buffer.byteLength;', says: /WebAssembly is not defined/ },
  { name: 'SharedArrayBuffer', script: 'return new SharedArrayBuffer(2 ** 31).byteLength;', says: /SharedArrayBuffer is not defined/ },
  { name: 'a map', script: 'const m = new Map(); for (let i = 0; ; i++) m.set(i, { i });', says: GONE },
  { name: 'a set of strings', script: 'const s = new Set(); for (let i = 0; ; i++) s.add("key " + i);', says: GONE },
  { name: 'JSON.stringify that blows up', script: 'let a = ["0123456789"]; for (let i = 0; i < 40; i++) a = [a, a]; return JSON.stringify(a).length;', says: GONE },
  { name: 'an answer that shares itself', script: 'let a = { x: "0123456789" }; for (let i = 0; i < 40; i++) a = { l: a, r: a }; return a;', says: GONE },
  { name: 'a sparse array as answer', script: 'const a = []; a.length = 2 ** 32 - 1; return { a };', says: GONE },
  { name: 'fill of a huge array', script: 'return new Array(2 ** 27).fill(0).length;', says: /memory|timeout|Invalid array length|"results":\[134217728\]/ },
  { name: 'closures that hold', script: 'const held = []; for (;;) { const big = new Array(1000).fill(held.length); held.push(() => big); }', says: GONE },
  { name: 'regular expressions', script: 'const all = []; for (let i = 0; ; i++) all.push(new RegExp("a{" + (i % 1000) + "}b" + i).exec("aaab" + i));', says: GONE },
  { name: 'symbols kept by name', script: 'for (let i = 0; ; i++) Symbol.for("name ".repeat(50) + i);', says: GONE },
  { name: 'properties without end', script: 'const o = {}; for (let i = 0; ; i++) o["k" + i] = i;', says: GONE },
  { name: 'functions without end', script: 'const all = []; for (let i = 0; ; i++) all.push(new Function("return " + i));', says: GONE },
  { name: 'errors with deep stacks', script: 'Error.stackTraceLimit = 1e6; const all = []; const deep = (n) => { if (n > 0) deep(n - 1); else all.push(new Error("x").stack); }; for (;;) deep(2000);', says: GONE },
  { name: 'structured text', script: 'return "<".repeat(1e5).split("").map((c) => c.repeat(1e4)).join("").length;', says: GONE },
  { name: 'memory in a promise', script: '(async () => { const a = []; for (;;) { await null; a.push(new Array(1e4).fill(1)); } })(); return record;', says: GONE },
];

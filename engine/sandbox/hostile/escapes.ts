import type { HostileScript } from './hostile-script.ts';

const NOTHING = /^\[\{"key":"0","results":\[\]\}\]$/;
const NOT_DEFINED = /is not defined|is not a function|Cannot read properties|cannot import|Unexpected|missing/;

/** Each returns what it found of the world outside; null when there is none. */
export const escapes: HostileScript[] = [
  { name: 'constructor of the constructor', script: 'return this.constructor.constructor("return process")();', says: NOT_DEFINED },
  { name: 'constructor of the record', script: 'return record.constructor.constructor("return process")().env;', says: NOT_DEFINED },
  { name: 'constructor of console.log', script: 'return console.log.constructor("return process")();', says: NOT_DEFINED },
  { name: 'require from a function', script: 'return (function () {}).constructor("return require")()("fs");', says: NOT_DEFINED },
  { name: 'require', script: 'return require("fs").readdirSync("/");', says: NOT_DEFINED },
  { name: 'import()', script: 'return import("node:fs");', says: NOT_DEFINED },
  { name: 'import() through eval', script: 'return (0, eval)("import(\'node:fs\')");', says: /promise|cannot import/ },
  { name: 'import statement', script: 'import fs from "node:fs"; return 1;', says: /^syntax: / },
  { name: 'import.meta', script: 'return import.meta.url;', says: /^syntax: / },
  { name: 'process', script: 'return globalThis.process.pid;', says: NOT_DEFINED },
  { name: 'process through eval', script: 'return eval("process.env");', says: NOT_DEFINED },
  { name: 'module, exports, __filename', script: 'return [typeof module, typeof exports, typeof __filename, typeof Buffer, typeof setTimeout, typeof fetch].every((t) => t === "undefined") ? null : 1;', says: NOTHING },
  { name: 'globals of a browser or of Node', script: 'const usual = ["window", "self", "global", "document", "require", "process", "Deno", "Bun", "Worker", "SharedWorker", "XMLHttpRequest", "performance", "queueMicrotask", "structuredClone", "WebSocket", "crypto", "navigator", "ivm"]; const found = usual.filter((name) => name in globalThis); return found.length ? found : null;', says: NOTHING },
  { name: 'a walk over everything that can be reached', script: `
    const seen = new Set(); const found = []; const todo = [globalThis, record, console, (function () { return this; })()];
    while (todo.length) { const o = todo.pop(); if (Object(o) !== o || seen.has(o)) continue; seen.add(o); todo.push(Object.getPrototypeOf(o));
      for (const key of Reflect.ownKeys(o)) { if (/^(process|require|binding|mainModule|env|applySync|derefInto|_cache|copyInto|isolate)$/i.test(String(key))) found.push(String(key));
        const d = Object.getOwnPropertyDescriptor(o, key); todo.push(d.value, d.get, d.set); } }
    return found.length ? found : null;`, says: NOTHING },
  { name: 'the stack\'s call sites', script: 'Error.prepareStackTrace = (_, sites) => sites; const sites = new Error().stack; const out = Array.isArray(sites) ? sites.map((s) => [typeof s.getThis?.(), typeof s.getFunction?.(), s.getFileName?.()]).filter(([t, f, n]) => t === "object" || f === "function" || /node:|\\//.test(n)) : []; return out.length ? out : null;', says: NOTHING },
  { name: 'paths in a stack', script: 'return /node:|file:|\\.ts|node_modules/.test(new Error().stack) ? new Error().stack : null;', says: NOTHING },
  { name: 'stack of an overflow', script: 'try { (function f() { f(); })(); } catch (e) { return /node:|file:|isolates|worker/.test(e.stack) || e.constructor !== RangeError ? e.stack : null; }', says: NOTHING },
  { name: 'the constructor of an overflow\'s error', script: 'try { (function f() { f(); })(); } catch (e) { return e.constructor.constructor("return typeof process")() === "undefined" ? null : 1; }', says: NOTHING },
  { name: 'arguments.callee.caller', script: 'return arguments.callee.caller;', says: /may not be accessed/ },
  { name: 'caller of its own function', script: 'function f() { return f.caller; } return f();', says: /may not be accessed|restricted|"results":\[\]/ },
  { name: 'more arguments than it should have', script: 'return arguments.length === 2 ? null : [...arguments];', says: NOTHING },
  { name: 'this', script: 'return this === undefined ? null : Object.keys(this);', says: NOTHING },
  { name: 'the names of the guest', script: 'return [typeof pages, typeof read, typeof write, typeof harden, typeof script, typeof input, typeof stringify].every((t) => t === "undefined") ? null : 1;', says: NOTHING },
  { name: 'closes the function around it', script: 'return 1; }), (function () { return this.process; ', says: /^syntax: / },
  { name: 'closes the function with a comment', script: 'return 1; /*', says: /^syntax: / },
  { name: 'closes the function with a template', script: 'return `', says: /^syntax: / },
  { name: 'html comment', script: 'return 1; <!-- })', says: /"results":\[1\]|^syntax: / },
  { name: 'Atomics.wait', script: 'return Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);', says: NOT_DEFINED },
  { name: 'Atomics.waitAsync', script: 'return Atomics.waitAsync(new Int32Array(4), 0, 0);', says: NOT_DEFINED },
  { name: 'a buffer out of a species', script: 'class B extends ArrayBuffer { static get [Symbol.species]() { return function () { return { byteLength: 1e9 }; }; } } return new B(8).slice(0, 4).byteLength;', says: /TypeError|"results":/ },
  { name: 'a proxy that lies about its keys', script: 'return new Proxy({}, { ownKeys: () => ["a", "a"], getOwnPropertyDescriptor: () => ({ value: 1, enumerable: true, configurable: true }) });', says: /TypeError/ },
  { name: 'a proxy as record', script: 'return new Proxy({ a: 1 }, { get: (t, k) => (k === "toJSON" ? undefined : k === "a" ? process : t[k]) });', says: NOT_DEFINED },
  { name: 'an answer of another realm', script: 'return Reflect.construct(Object, [], Function("return function () {}")());', says: /"results":\[\{\}\]/ },
  { name: 'a revoked proxy', script: 'const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); return proxy;', says: /revoked/ },
  { name: 'finalizers', script: 'new FinalizationRegistry(() => { for (;;); }).register({}, 1); return null;', says: NOTHING },
  { name: 'FinalizationRegistry and WeakRef of the world', script: 'return new WeakRef(globalThis).deref() === globalThis ? null : 1;', says: NOTHING },
  { name: 'legacy accessors', script: 'return globalThis.__lookupGetter__("process") ?? null;', says: NOTHING },
  { name: 'deep recursion', script: 'const f = () => f() + 1; return f();', says: /Maximum call stack size exceeded/ },
  { name: 'deep recursion in JSON', script: 'let a = []; for (let i = 0; i < 1e5; i++) a = [a]; return a;', says: /Maximum call stack size exceeded|^timeout: / },
  { name: 'deep recursion in a parser', script: 'return JSON.parse("[".repeat(1e6));', says: /Unexpected end|Maximum call stack|^timeout: / },
  { name: 'deep recursion in eval', script: 'return eval("(".repeat(1e5) + ")".repeat(1e5));', says: /SyntaxError|Maximum call stack|Unexpected/ },
  { name: 'deep recursion in a regular expression', script: 'return new RegExp("(".repeat(1e5) + ")".repeat(1e5)).test("");', says: /too large|too many|Maximum call stack|Invalid regular/ },
  { name: 'debugger', script: 'debugger; return null;', says: NOTHING },
  { name: 'with', script: 'with (globalThis) { return process; }', says: /^syntax: / },
  { name: 'label, octal, delete of names', script: 'delete record; return 1;', says: /^syntax: / },
];

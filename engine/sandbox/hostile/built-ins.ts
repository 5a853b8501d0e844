import type { HostileScript } from './hostile-script.ts';

const FINE = /^\[\{"key":"0","results":/;

const constructors = ['Object', 'Function', 'Array', 'String', 'Number', 'Boolean', 'Symbol', 'BigInt', 'Date', 'RegExp', 'Error', 'TypeError', 'Promise', 'Map', 'Set', 'WeakMap', 'WeakSet', 'ArrayBuffer', 'Uint8Array', 'DataView'];
const spaces = ['JSON', 'Math', 'Reflect', 'Intl'];

/** Each changes every property of one built-in that lets itself be changed, and then uses the usual things. */
const vandals: HostileScript[] = [
  ...constructors.map((name) => ({ name, target: `${name}.prototype` })),
  ...constructors.slice(0, 4).map((name) => ({ name: `${name} itself`, target: name })),
  ...spaces.map((name) => ({ name, target: name })),
  { name: 'the iterator of lists', target: 'Object.getPrototypeOf([][Symbol.iterator]())' },
  { name: 'generators', target: 'Object.getPrototypeOf(Object.getPrototypeOf((function* () {})()))' },
  { name: 'async functions', target: 'Object.getPrototypeOf(async () => {})' },
].map(({ name, target }) => ({
  name: `vandalises ${name}`,
  script: `const t = ${target};
    for (const key of Reflect.ownKeys(t)) try { Object.defineProperty(t, key, { value: () => { for (;;) throw new Error('vandal'); }, configurable: true, writable: true }); } catch {}
    t.polluted = 'yes';
    return { done: 1 };`,
  says: /^\[\{"key":"0",("results":\[|"error":\{"message":"(TypeError|Error|Thrown|The script failed))/,
}));

export const builtIns: HostileScript[] = [
  ...vandals,
  { name: 'forges the answer with toJSON', script: 'Object.prototype.toJSON = () => ({ stolen: true }); return { ok: 1 };', says: FINE },
  { name: 'forges the answer with JSON.stringify', script: `JSON.stringify = () => '"]},{"key":"0","results":["forged"]}]'; return { ok: 1 };`, says: /^\[\{"key":"0","results":\[\{"ok":1\}\]\}\]$/ },
  { name: 'forges the answer with rawJSON', script: 'return JSON.rawJSON(\'"]},{"key":"1"}\');', says: /SyntaxError|Unexpected/ },
  { name: 'setters on every index', script: 'for (let i = 0; i < 50; i++) Object.defineProperty(Array.prototype, i, { set() { throw 3; }, configurable: true }); return [1, 2];', says: /^\[\{"key":"0",/ },
  { name: 'takes console apart', script: 'console.log = null; return 1;', says: /read only|"results":\[1\]/ },
  { name: 'the prototype of its record', script: 'record.__proto__.polluted = true; return { seen: {}.polluted };', says: FINE },
  { name: 'a forbidden key as own property', script: 'return JSON.parse(\'{"__proto__": {"polluted": 1}}\');', says: FINE },
  { name: 'null prototypes and symbols', script: 'return Object.assign(Object.create(null), { [Symbol("x")]: 1, y: 2 });', says: /\{"y":2\}/ },
];

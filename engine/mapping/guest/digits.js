// Runs inside the isolate as text (engine/sandbox), and in the browser's preview. Reads and writes JSON without changing a digit.
// Everything needed later is taken into constants first, because a script may change any built-in.
// `calculates`: the script can use a BigInt. To a formula it would be no value at all in conditions; a raw number is at least an object,
// true, equal to its like, and refused by everything that calculates.
export function digits(calculates) {
  'use strict';
  // A browser without raw numbers has their digits as text, as `parseJson` does.
  const { parse, stringify, rawJSON = String } = JSON;
  const is = Object.is;
  const isSafeInteger = Number.isSafeInteger;
  const toBigInt = BigInt;
  const toText = String;
  const bind = (method, self) => Reflect.apply(Function.prototype.bind, method, [self]);
  const NewWeakMap = WeakMap;
  const { get, set } = WeakMap.prototype;
  const call = bind(Function.prototype.call, Function.prototype.call);
  const matches = (pattern) => bind(RegExp.prototype.exec, pattern);
  const isWhole = matches(/^-?\d{1,1000}$/);
  // Only what ends as a number does: the zeros of a time of day ("09:26:53.000Z") are no reason to look at every value.
  const unusualNumber = matches(/[:[,]\s*-?(?:\d{16}|\d*\.\d*(?:0(?=\s*[,}\]])|\d{14})|\d[\d.]*[eE])|[:[,]\s*-0(?=\s*[,}\]])/);
  const split = bind(Function.prototype.call, String.prototype.split);
  const replace = bind(Function.prototype.call, String.prototype.replace);
  // Spellings of the page under way: holder → key → { value, text }. Null while every number is written as a double would be.
  let written = null;

  // Digits of a number without sign, point, exponent and surrounding zeros: equal for two spellings of one value.
  const significant = (text) => {
    const all = replace(split(text, /e/i)[0], /[-.]/g, '');
    return replace(replace(all, /^0+/, ''), /0+$/, '');
  };

  // Integers beyond 2^53 become BigInt. A decimal a double cannot hold stays raw. One it holds but would write differently
  // (12.50, 1e3) becomes a plain number to calculate with, and its spelling is remembered in case nobody touches it.
  function revive(key, value, context) {
    const source = context?.source;
    if (typeof value !== 'number' || source === undefined || (isSafeInteger(value) && toText(value) === source)) return value;
    if (isWhole(source) && !isSafeInteger(value)) return calculates ? toBigInt(source) : rawJSON(source);
    if (toText(value) === source) return value;
    if (significant(toText(value)) !== significant(source)) return rawJSON(source);
    written ??= new NewWeakMap();
    const notes = call(get, written, this) ?? { __proto__: null };
    notes[key] = { __proto__: null, value, text: source };
    call(set, written, this, notes);
    return value;
  }

  function respell(key, value) {
    if (typeof value !== 'number') return value;
    const note = call(get, written, this)?.[key];
    return note !== undefined && is(note.value, value) ? rawJSON(note.text) : value;
  }

  BigInt.prototype.toJSON = function toJSON() {
    return rawJSON(`${this}`);
  };

  return {
    __proto__: null,
    /** Begins a page: what was remembered of the last one is forgotten. */
    read(text) {
      written = null;
      return unusualNumber(text) ? parse(text, revive) : parse(text);
    },
    write: (value) => (written === null ? stringify(value) : stringify(value, respell)),
  };
}

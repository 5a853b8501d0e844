// Runs inside the isolate, around the consultant's script; plain JavaScript because nothing but V8 is there.
// Never called in our process: its text becomes `(…)(function (record, console) { script })`, so the script does not see these
// names. Everything it needs later is taken into constants first, because the script may change any built-in.
// Whatever the script does, the two strings returned are bounded, and the first is valid JSON made by the real JSON.stringify.
export function guest(script) {
  'use strict';
  const { input, outputChars, logLines, logLineChars } = globalThis;
  // What could take memory past the isolate's limit (measured: both allocate outside it) or block its thread is taken away.
  for (const name of ['input', 'outputChars', 'logLines', 'logLineChars', 'WebAssembly', 'SharedArrayBuffer', 'Atomics', 'console']) {
    delete globalThis[name];
  }
  const NativeBuffer = ArrayBuffer;
  const construct = Reflect.construct;
  const GuardedBuffer = function ArrayBuffer(length) {
    return construct(NativeBuffer, [length], new.target ?? NativeBuffer);
  };
  GuardedBuffer.isView = NativeBuffer.isView;
  GuardedBuffer.prototype = NativeBuffer.prototype;
  NativeBuffer.prototype.constructor = GuardedBuffer;
  delete NativeBuffer.prototype.resize;
  delete NativeBuffer.prototype.transfer;
  delete NativeBuffer.prototype.transferToFixedLength;
  globalThis.ArrayBuffer = GuardedBuffer;

  const { parse, stringify, rawJSON, isRawJSON } = JSON;
  const { isArray } = Array;
  const is = Object.is;
  const isSafeInteger = Number.isSafeInteger;
  const toNumber = Number;
  const toBigInt = BigInt;
  const toText = String;
  const bind = (method, self) => Reflect.apply(Function.prototype.bind, method, [self]);
  const written = new WeakMap();
  const writtenIn = bind(written.get, written);
  const rememberIn = bind(written.set, written);
  const matches = (pattern) => bind(RegExp.prototype.exec, pattern);
  const isWhole = matches(/^-?\d+$/);
  const unusualNumber = matches(/[:[,]\s*-?(?:\d{16}|\d*\.\d*(?:0(?!\d)|\d{14})|\d[\d.]*[eE])|[:[,]\s*-0(?![.\d])/);
  const scriptLine = matches(/script\.js:([1-9]\d*)/);
  const split = bind(Function.prototype.call, String.prototype.split);
  const slice = bind(Function.prototype.call, String.prototype.slice);
  const replace = bind(Function.prototype.call, String.prototype.replace);
  let anyWritten = false;

  // Digits of a number without sign, point, exponent and surrounding zeros: equal for two spellings of one value.
  const significant = (text) => {
    const digits = replace(split(text, /e/i)[0], /[-.]/g, '');
    return replace(replace(digits, /^0+/, ''), /0+$/, '');
  };

  // Integers beyond 2^53 become BigInt. A decimal a double cannot hold stays raw. One it holds but would write differently
  // (12.50, 1e3) becomes a plain number to calculate with, and its spelling is remembered in case nobody touches it.
  function revive(key, value, { source }) {
    if (typeof value !== 'number' || source === undefined || (isSafeInteger(value) && toText(value) === source)) return value;
    if (isWhole(source) && !isSafeInteger(value)) return toBigInt(source);
    if (toText(value) === source) return value;
    const kept = significant(toText(value)) === significant(source);
    if (!kept) return rawJSON(source);
    anyWritten = true;
    const notes = writtenIn(this) ?? { __proto__: null };
    notes[key] = { value, text: source };
    rememberIn(this, notes);
    return value;
  }

  BigInt.prototype.toJSON = function toJSON() {
    return rawJSON(`${this}`);
  };

  function respell(key, value) {
    if (typeof value !== 'number') return value;
    const note = writtenIn(this)?.[key];
    return note !== undefined && is(note.value, value) ? rawJSON(note.text) : value;
  }
  const write = (value) => (anyWritten ? stringify(value, respell) : stringify(value));

  let logs = '';
  let logged = 0;
  const show = (value) => (typeof value === 'string' || value instanceof Error || isRawJSON(value) ? `${value}` : (write(value) ?? toText(value)));
  const print = (...values) => {
    logged += 1;
    if (logged > logLines) return;
    let line = '';
    for (let at = 0; at < values.length && line.length < logLineChars; at += 1) {
      let text = '?';
      try {
        text = show(values[at]);
      } catch {
        // A value that cannot be shown (a cycle, a throwing getter) must not fail the script that logs it.
      }
      line += (at > 0 ? ' ' : '') + slice(text, 0, logLineChars);
    }
    logs += `${logs === '' ? '' : ','}${stringify(slice(line, 0, logLineChars))}`;
  };
  const guestConsole = { __proto__: null, log: print, info: print, warn: print, error: print, debug: print };

  // Errors may be anything, and may lie or throw when looked at.
  const describe = (error) => {
    let message = 'The script failed.';
    let line;
    try {
      const isError = error instanceof Error;
      message = isError ? `${error.name}: ${error.message}` : `Thrown: ${show(error)}`;
      line = isError ? scriptLine(`${error.stack}`)?.[1] : undefined;
    } catch {
      // Keep what is known.
    }
    const place = line === undefined ? '' : `,"line":${toNumber(line)}`;
    return `{"message":${stringify(slice(`${message}`, 0, 1000))}${place}}`;
  };

  const resultsOf = (value) => {
    if (value === null) return '';
    if (value === undefined) throw new TypeError('The script returned nothing: return the record, a list of records, or null to drop it.');
    if (typeof value === 'function' || typeof value === 'symbol') throw new TypeError('The script returned a function or symbol, not data.');
    if (typeof value === 'object' && typeof value.then === 'function') {
      throw new TypeError('The script returned a promise: scripts cannot wait, use an HTTP request node to call a system.');
    }
    if (!isArray(value)) return write(value) ?? 'null';
    let text = '';
    for (let at = 0; at < value.length; at += 1) text += (at > 0 ? ',' : '') + (write(value[at]) ?? 'null');
    return text;
  };

  const records = unusualNumber(input) ? parse(input, revive) : parse(input);
  let output = '';
  for (let at = 0; at < records.length; at += 1) {
    const { key, data } = records[at];
    let answer;
    try {
      answer = `"results":[${resultsOf(script(data, guestConsole))}]`;
    } catch (error) {
      answer = `"error":${describe(error)}`;
    }
    output += `${at > 0 ? ',' : ''}{"key":${stringify(key)},${answer}}`;
    if (output.length > outputChars) return ['', '[]'];
  }
  if (logged > logLines) logs += `,${stringify(`… ${logged - logLines} more`)}`;
  return [`[${output}]`, `[${logs}]`];
}

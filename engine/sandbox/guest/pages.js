// Runs inside the isolate, around the consultant's script or expression; plain JavaScript because nothing but V8 is there.
// Never called in our process: its text becomes `(…)(parts, function (record, console) { script })`, so a script does not see
// these names. Everything needed later is taken into constants first, because in a context of its own a script may change any
// built-in. Whatever it does, the one string that leaves is bounded, and every page in it is valid JSON made by the real
// JSON.stringify.
export function pages(json, harden, script) {
  'use strict';
  const { read, write } = json;
  // What could take memory past the isolate's limit (measured: both allocate outside it) or block its thread is taken away.
  for (const name of ['WebAssembly', 'SharedArrayBuffer', 'Atomics', 'console']) delete globalThis[name];
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

  const { parse, stringify, isRawJSON } = JSON;
  const { isArray } = Array;
  const TrueError = Error;
  const toNumber = Number;
  const toText = String;
  const bind = (method, self) => Reflect.apply(Function.prototype.bind, method, [self]);
  const matches = (pattern) => bind(RegExp.prototype.exec, pattern);
  const scriptLine = matches(/script\.js:([1-9]\d*)/);
  const meetsFrozen = matches(/Cannot (?:add|assign|define|delete|redefine)|not extensible|Immutable prototype/);
  const forgetMatch = matches(/(?:)/);
  const slice = bind(Function.prototype.call, String.prototype.slice);

  const show = (value) => (typeof value === 'string' || value instanceof TrueError || isRawJSON(value) ? `${value}` : (write(value) ?? toText(value)));

  // One per page: a function kept beyond its page writes into nothing.
  const newLog = (mostLines, mostChars) => {
    let text = '';
    let lines = 0;
    const print = (...values) => {
      lines += 1;
      if (lines > mostLines) return;
      let line = '';
      for (let at = 0; at < values.length && line.length < mostChars; at += 1) {
        let part = '?';
        try {
          part = show(values[at]);
        } catch {
          // A value that cannot be shown (a cycle, a throwing getter) must not fail the script that logs it.
        }
        line += (at > 0 ? ' ' : '') + slice(part, 0, mostChars);
      }
      text += `${text === '' ? '' : ','}${stringify(slice(line, 0, mostChars))}`;
    };
    const end = () => {
      if (lines > mostLines) text += `,${stringify(`… ${lines - mostLines} more`)}`;
      return `[${text}]`;
    };
    return { __proto__: null, end, console: { __proto__: null, log: print, info: print, warn: print, error: print, debug: print } };
  };

  let stiff = false;
  // Errors may be anything, and may lie or throw when looked at.
  const describe = (error) => {
    let message = 'The script failed.';
    let place = '';
    try {
      const isError = error instanceof TrueError;
      message = isError ? `${error.name}: ${error.message}` : `Thrown: ${show(error)}`;
      const line = isError ? scriptLine(`${error.stack}`)?.[1] : undefined;
      if (line !== undefined) place = `,"line":${toNumber(line)}`;
    } catch {
      // Keep what is known.
    }
    const said = slice(`${message}`, 0, 1000);
    stiff ||= meetsFrozen(said) !== null;
    return `{"message":${stringify(said)}${place}}`;
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

  const { answer = (record, log) => `"results":[${resultsOf(script(record, log))}]`, explain = describe } = typeof script === 'object' ? script.over({ write, slice, stringify }) : {};

  // One page: '' when its answer is larger than it may be.
  const run = (records, log, mostChars) => {
    let output = '';
    for (let at = 0; at < records.length; at += 1) {
      const { key, data } = records[at];
      let said;
      try {
        said = answer(data, log);
      } catch (error) {
        said = `"error":${explain(error)}`;
      }
      // On a line of its own, which JSON text never breaks: whoever reads it can tell the records apart without parsing.
      output += `${at > 0 ? ',\n' : ''}{"key":${stringify(key)},${said}}`;
      if (output.length > mostChars) return '';
    }
    return `[${output}]`;
  };

  let opened = false;
  let last = '';
  /**
   * Runs pages one after the other: `own` when this context is the page's own and need not be frozen. `limits`: characters of an
   * answer, lines of a log, characters of a line, as JSON; '' asks for the last answer again. Returns a line of marks,
   * one per page (`d` output and log length, `l` too large, `f` met a frozen built-in, `n` not begun), then the texts.
   */
  return (own, limits, ...inputs) => {
    if (limits === '') return last;
    last = '';
    if (!opened && !own) harden();
    opened = true;
    const [outputChars, logLines, logLineChars] = parse(limits);
    let marks = '';
    let texts = '';
    for (let at = 0; at < inputs.length; at += 1) {
      if (texts.length > outputChars) {
        marks += 'n;';
        continue;
      }
      stiff = false;
      const log = newLog(logLines, logLineChars);
      const output = run(read(inputs[at]), log.console, outputChars);
      forgetMatch('');
      const logs = log.end();
      if (stiff && !own) marks += 'f;';
      else if (output === '') marks += 'l;';
      else {
        marks += `d${output.length},${logs.length};`;
        texts += output + logs;
      }
    }
    last = `${marks}\n${texts}`;
    return last;
  };
}

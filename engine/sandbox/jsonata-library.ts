import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/**
 * The JSONata library as an expression that gives its entry function, without promises.
 *
 * The library is written with `async` throughout, for functions that wait; nothing in a page can wait. Each await costs a turn
 * of the microtask queue, dozens per field: without them the reference order takes a third of the time (figures in
 * bench/README.md). The hooks for debuggers, looked up twice per evaluated node, go too. `jsonata-library.test.ts` holds the
 * result against the untouched library over a list of expressions that uses every part of it.
 */
export function jsonataLibrary(): string {
  text ??= compose();
  return text;
}

let text: string | undefined;

function compose(): string {
  const source = readFileSync(createRequire(import.meta.url).resolve('jsonata/jsonata.js'), 'utf8');
  const plain = withoutPromises(source);
  // The library looks for `window` before anything else; given one of its own it touches no global.
  return `(function (window) { ${plain}\n; return window.jsonata; })(${BASE64})`;
}

/** @throws when the library is not written the way this knows how to change */
function withoutPromises(source: string): string {
  const plain = source
    .replace(/\basync function\b/g, 'function')
    .replace(/\basync \(/g, '(')
    .replace(/\bawait Promise\.all\(/g, '(')
    .replace(/\bawait\b/g, '')
    .replace(/\b\w+\.lookup\(Symbol\.for\('jsonata\.__\w+'\)\)/gi, 'undefined');
  if (/\bawait\b|\basync (?:function|\()|\bPromise\b|__evaluate_entry/.test(plain)) throw new Error('This version of jsonata cannot be used without promises.');
  return plain;
}

// btoa and atob as browsers have them; an isolate has neither.
const BASE64 = `(function () {
  'use strict';
  const signs = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  return {
    btoa(text) {
      let out = '';
      for (let at = 0; at < text.length; at += 3) {
        const bits = ((text.charCodeAt(at) & 255) << 16) | ((text.charCodeAt(at + 1) & 255) << 8) | (text.charCodeAt(at + 2) & 255);
        const left = text.length - at;
        out += signs[bits >> 18] + signs[(bits >> 12) & 63] + (left > 1 ? signs[(bits >> 6) & 63] : '=') + (left > 2 ? signs[bits & 63] : '=');
      }
      return out;
    },
    atob(text) {
      let out = '';
      let bits = 0;
      let count = 0;
      for (const sign of text) {
        const value = signs.indexOf(sign);
        if (value < 0) continue;
        bits = ((bits << 6) | value) & 0xfffff;
        count += 6;
        if (count >= 8) out += String.fromCharCode((bits >> (count -= 8)) & 255);
      }
      return out;
    },
  };
})()`;

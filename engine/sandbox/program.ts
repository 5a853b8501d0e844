import { digits } from '#engine/mapping/guest/digits.js';
import { exact } from '#engine/mapping/guest/exact.js';
import { formulas } from '#engine/mapping/guest/formulas.js';
import { formula } from './guest/formula.js';
import { harden } from './guest/harden.js';
import { pages } from './guest/pages.js';
import { jsonataLibrary } from './jsonata-library.ts';

/** The name under which the script appears in V8's messages; the guest looks for it too. */
export const SCRIPT_NAME = 'script.js';

export interface Program {
  code: string;
  lineOffset: number;
}

const partsFor = (calculates: boolean): string => `(${pages})((${digits})(${calculates}), ${harden}, `;
// The script is a function expression of its own, an argument of the guest: the guest's names are out of its reach.
const scriptHead = `${partsFor(true)}function (record, console) { 'use strict';\n`;

/**
 * The whole program for one script. Line 1 of the script is line 1 in every message, because V8 is told to count from there.
 * The script must have been checked to be a function body of its own; see `bodyCheck`.
 */
export function programFor(script: string): Program {
  return { code: `${scriptHead}${script}\n})`, lineOffset: -(scriptHead.split('\n').length - 1) };
}

/** The whole program for one JSONata expression, which reaches the isolate as a string and is never JavaScript. */
export function formulaProgramFor(expression: string): Program {
  return { code: `${partsFor(false)}(${formula})((${exact}), ${jsonataLibrary()}, ${literal(expression)}))`, lineOffset: 0 };
}

/** The whole program for the formulas of a mapping: `script` is the JSON text of the list of them. */
export function formulasProgramFor(script: string): Program {
  return { code: `${partsFor(false)}(${formulas})(${jsonataLibrary()}, JSON.parse(${literal(script)}), (${exact})))`, lineOffset: 0 };
}

/** JSON is JavaScript but for two line separators that only newer grammars allow in strings; escaped, there is no question. */
function literal(text: string): string {
  return JSON.stringify(text).replace(/[\u2028\u2029]/g, (char) => (char === '\u2028' ? '\\u2028' : '\\u2029'));
}

/** Throws a SyntaxError unless `$0` alone is a function body: a script that closes the wrapper's brace and opens its own fails here. */
export const bodyCheck = `new Function('record', 'console', "'use strict';\\n" + $0); return undefined;`;

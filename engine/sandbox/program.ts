import { guest } from './guest.js';

/** The name under which the script appears in V8's messages; the guest looks for it too. */
export const SCRIPT_NAME = 'script.js';

// The script is a function expression of its own, an argument of the guest: the guest's names are out of its reach.
const head = `(${guest.toString()})(function (record, console) { 'use strict';\n`;

/**
 * The whole program for one script. Line 1 of the script is line 1 in every message, because V8 is told to count from there.
 * The script must have been checked to be a function body of its own; see `bodyCheck`.
 */
export function programFor(script: string): { code: string; lineOffset: number } {
  return { code: `${head}${script}\n})`, lineOffset: -(head.split('\n').length - 1) };
}

/** Throws a SyntaxError unless `$0` alone is a function body: a script that closes the wrapper's brace and opens its own fails here. */
export const bodyCheck = `new Function('record', 'console', "'use strict';\\n" + $0); return undefined;`;

/**
 * The position of the first character at which a text stops being JSON; the text's length when it only ends too early.
 * Browsers name this place differently or not at all, therefore an own small reader. It keeps no values and uses no
 * recursion, so that a hostile nesting cannot exhaust the stack.
 */
export function malformedAt(text: string): number {
  const open: ('{' | '[')[] = [];
  let at = blanks(text, 0);
  let expect: 'value' | 'key' | 'after' = 'value';
  // A closing bracket may follow an opening one at once, but not a comma.
  let mayClose = false;
  while (true) {
    if (expect === 'after') {
      const inside = open.at(-1);
      if (inside === undefined) return at;
      const sign = text[at];
      if (sign === ',') {
        expect = inside === '{' ? 'key' : 'value';
        mayClose = false;
        at = blanks(text, at + 1);
      } else if (sign === (inside === '{' ? '}' : ']')) {
        open.pop();
        at = blanks(text, at + 1);
      } else return at;
      continue;
    }
    const sign = text[at];
    if (mayClose && sign === (expect === 'key' ? '}' : ']')) {
      open.pop();
      expect = 'after';
      at = blanks(text, at + 1);
      continue;
    }
    if (expect === 'key') {
      const end = match(STRING, text, at);
      if (end === at) return brokenString(text, at);
      at = blanks(text, end);
      if (text[at] !== ':') return at;
      at = blanks(text, at + 1);
      expect = 'value';
      mayClose = false;
    } else if (sign === '{' || sign === '[') {
      open.push(sign);
      expect = sign === '{' ? 'key' : 'value';
      mayClose = true;
      at = blanks(text, at + 1);
    } else {
      const end = match(SCALAR, text, at);
      if (end === at) return brokenString(text, at);
      at = blanks(text, end);
      expect = 'after';
    }
  }
}

const BLANK = /[ \t\n\r]*/y;
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const SCALAR = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\d.eE+-])|true\b|false\b|null\b/y;
const STRING_START = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*/y;

function match(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}

function blanks(text: string, at: number): number {
  return match(BLANK, text, at);
}

/** Inside a text that never ends the fault is where it breaks off, not where it begins. */
function brokenString(text: string, at: number): number {
  return text[at] === '"' ? match(STRING_START, text, at) : at;
}

// Runs inside the isolate as text (engine/sandbox), and in the browser's preview. What the JSONata library would do to numbers of
// more digits than a double holds, where it would change them without a word: it copies by writing and reading, and reads text as
// doubles. `compiled` is one expression.
export function exact(compiled) {
  'use strict';
  const { isArray } = Array;
  const { keys } = Object;
  const { isRawJSON: isRaw = () => false, rawJSON = String } = JSON;
  const copyOf = (value) => {
    if (isArray(value)) {
      const list = [];
      for (let at = 0; at < value.length; at += 1) list.push(copyOf(value[at]));
      return list;
    }
    if (value === null || typeof value !== 'object' || isRaw(value)) return value;
    const copy = {};
    for (const key of keys(value)) if (key !== '__proto__') copy[key] = copyOf(value[key]);
    return copy;
  };
  const isWhole = /^-?[0-9]{16,1000}$/;
  const isNumber = /^-?[0-9]+(?:\.[0-9]+)?(?:[Ee][-+]?[0-9]+)?$/;
  const isOtherBase = /^(?:0[xX][0-9A-Fa-f]+|0[oO][0-7]+|0[bB][01]+)$/;
  compiled.registerFunction('clone', copyOf, '<(oa)-:o>');
  compiled.registerFunction(
    'number',
    (value) => {
      if (value === undefined || typeof value === 'number' || isRaw(value)) return value;
      if (typeof value === 'boolean') return value ? 1 : 0;
      if (typeof value !== 'string') throw { code: 'T0410', value, index: 1 };
      const number = isNumber.test(value) || isOtherBase.test(value) ? Number(value) : Number.NaN;
      if (!Number.isFinite(number)) throw { code: 'D3030', value, index: 1 };
      return isWhole.test(value) && !Number.isSafeInteger(number) ? rawJSON(value) : number;
    },
    '<x-:x>',
  );
  return compiled;
}

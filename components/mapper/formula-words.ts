import { EACH, parsePath } from '#engine/flow/path.ts';

/** Functions of JSONata that a mapping has use for, with their arguments. */
export const FORMULA_FUNCTIONS = [
  '$sum(list)', '$count(list)', '$average(list)', '$max(list)', '$min(list)', '$round(number, places)', '$abs(number)', '$floor(number)', '$ceil(number)', '$number(text)', '$formatNumber(number, picture)',
  '$string(value)', '$uppercase(text)', '$lowercase(text)', '$trim(text)', '$length(text)', '$substring(text, start, length)', '$substringBefore(text, end)', '$substringAfter(text, start)', '$contains(text, part)', '$split(text, separator)', '$join(list, separator)', '$replace(text, part, new)', '$pad(text, width, fill)',
  '$exists(value)', '$boolean(value)', '$not(value)', '$filter(list, function)', '$map(list, function)', '$reduce(list, function)', '$sort(list, function)', '$distinct(list)', '$reverse(list)', '$append(list, list)', '$merge(list)', '$keys(object)', '$lookup(object, key)', '$each(object, function)',
  '$toMillis(time)', '$fromMillis(number, picture)', '$parent', '$root', '$index',
] as const;

/** A field's path as JSONata writes it: lists need no `[]`, odd names stand in backticks, `^.` is `$parent`. */
export function formulaPath(path: string): string | null {
  let rest = path;
  let prefix = '';
  if (rest.startsWith('^.')) {
    if (rest.startsWith('^.^')) return null;
    prefix = '$parent.';
    rest = rest.slice(2);
  }
  const steps = parsePath(rest);
  if (steps === null || steps.length === 0) return null;
  let text = '';
  for (const step of steps) {
    if (step === EACH) continue;
    if (typeof step === 'number') text += `[${step}]`;
    else text += `${text === '' ? '' : '.'}${/^[A-Za-z_]\w*$/.test(step) ? step : `\`${step}\``}`;
  }
  return prefix + text;
}

/** The word before the caret that completion replaces. */
export function wordAt(text: string, caret: number): { start: number; word: string } {
  const [word = ''] = /(?:[$\w.]|`[^`]*`?)*$/.exec(text.slice(0, caret)) ?? [];
  return { start: caret - word.length, word };
}

/** What to offer for a word: fields and functions that begin with it first, then those that contain it. */
export function completionsFor(word: string, fields: readonly { value: string; hint?: string }[]): { insert: string; label: string; hint: string }[] {
  // A number is no name.
  if (/^\d/.test(word)) return [];
  const wanted = word.toLowerCase();
  const functions = FORMULA_FUNCTIONS.map((label) => ({ insert: label.replace(/\(.*/, '('), label: label.replace(/\(.*/, ''), hint: /\(.*/.exec(label)?.[0] ?? '' }));
  const known = fields.flatMap(({ value, hint = '' }) => {
    const path = formulaPath(value);
    return path === null ? [] : [{ insert: path, label: path, hint }];
  });
  const all = wanted.startsWith('$') ? functions : [...known, ...functions];
  const begins = all.filter(({ label }) => label.toLowerCase().startsWith(wanted));
  const contains = all.filter(({ label }) => !label.toLowerCase().startsWith(wanted) && label.toLowerCase().includes(wanted));
  return [...begins, ...contains].slice(0, 12);
}

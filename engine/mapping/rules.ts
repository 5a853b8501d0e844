import { isRawNumber, isRecord, textOf, type Json } from '../flow/json.ts';
import { getPath, parsePath } from '../flow/path.ts';
import { compareNumbers } from './decimal.ts';
import type { Operator, RuleSet } from './rule-set.ts';

export type Predicate = (data: Json) => boolean;

type Test = (found: Json | undefined, value: Json) => boolean;

/** Compiles a rule set once; the predicate never throws. A rule whose path cannot be read finds nothing. */
export function compileRules(ruleSet: RuleSet): Predicate {
  return compileRulesOn(ruleSet, (path) => {
    const parsed = parsePath(path);
    return (data: Json) => (parsed === null ? undefined : getPath(data, parsed));
  });
}

/** The same for any source of values; the mapping compiler reads from its own frames. */
export function compileRulesOn<S>(
  { match, rules }: RuleSet,
  getterOf: (path: string) => (source: S) => Json | undefined,
): (source: S) => boolean {
  const tests = rules.map(({ path, operator, value }) => {
    const get = getterOf(path);
    const test = TESTS[operator];
    return (source: S) => test(get(source), value);
  });
  const [only] = tests;
  if (only !== undefined && tests.length === 1) return only;
  return match === 'all'
    ? (source) => tests.every((test) => test(source))
    : (source) => tests.some((test) => test(source));
}

/**
 * Numbers compare as numbers however they are written (5, "5.0"), unless both sides are text. A list fits where one of
 * its items does. Null counts as missing.
 */
const TESTS: Record<Operator, Test> = {
  equals: anyItem(isSame),
  notEquals: (found, value) => !anyItem(isSame)(found, value),
  contains: (found, value) =>
    Array.isArray(found)
      ? found.some((item) => isSame(item, value) || (typeof item === 'string' && item.includes(textOf(value))))
      : isScalar(found) && textOf(found).includes(textOf(value)),
  startsWith: anyItem((found, value) => isScalar(found) && textOf(found).startsWith(textOf(value))),
  endsWith: anyItem((found, value) => isScalar(found) && textOf(found).endsWith(textOf(value))),
  greater: anyItem((found, value) => ordered(found, value, (order) => order > 0)),
  greaterOrEqual: anyItem((found, value) => ordered(found, value, (order) => order >= 0)),
  less: anyItem((found, value) => ordered(found, value, (order) => order < 0)),
  lessOrEqual: anyItem((found, value) => ordered(found, value, (order) => order <= 0)),
  exists: (found) => found !== undefined && found !== null,
  missing: (found) => found === undefined || found === null,
  isEmpty,
  isNotEmpty: (found) => !isEmpty(found),
  oneOf: anyItem((found, value) => choicesOf(value).some((choice) => isSame(found, choice))),
  before: anyItem((found, value) => instantOf(found) < instantOf(value)),
  after: anyItem((found, value) => instantOf(found) > instantOf(value)),
};

function anyItem(test: Test): Test {
  return (found, value) => (Array.isArray(found) ? found.some((item) => test(item, value)) : test(found, value));
}

/** Equality as consultants mean it: 5 is "5.0" and true is "true", but two texts must be the same text. */
export function isSame(found: Json | undefined, value: Json): boolean {
  if (found === value) return true;
  if (typeof found === 'string' && typeof value === 'string') return false;
  if (isNumber(found) || isNumber(value)) return compareNumbers(found, value) === 0;
  return isSwitch(found, value) || (found !== undefined && isSwitch(value, found));
}

/** True beside "true", however it is written. */
function isSwitch(value: Json | undefined, text: Json): boolean {
  return typeof value === 'boolean' && typeof text === 'string' && text.trim().toLowerCase() === String(value);
}

function ordered(found: Json | undefined, value: Json, fits: (order: number) => boolean): boolean {
  const order = compareNumbers(found, value);
  if (order !== null) return fits(order);
  if (typeof found !== 'string' || typeof value !== 'string') return false;
  return fits(found < value ? -1 : found > value ? 1 : 0);
}

function isEmpty(found: Json | undefined): boolean {
  if (found === undefined || found === null) return true;
  if (typeof found === 'string') return found.trim() === '';
  if (Array.isArray(found)) return found.length === 0;
  return isRecord(found) && Object.keys(found).length === 0;
}

function choicesOf(value: Json): Json[] {
  if (Array.isArray(value)) return value;
  return typeof value === 'string' ? value.split(',').map((choice) => choice.trim()) : [value];
}

/** Milliseconds; NaN, which is neither before nor after anything, for what is no date. */
function instantOf(value: Json | undefined): number {
  return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}/.test(value) ? Date.parse(value) : Number.NaN;
}

function isNumber(value: Json | undefined): boolean {
  return typeof value === 'number' || typeof value === 'bigint' || isRawNumber(value);
}

function isScalar(value: Json | undefined): boolean {
  return value !== undefined && value !== null && (typeof value !== 'object' || isRawNumber(value));
}

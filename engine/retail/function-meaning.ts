import type { Json } from '../flow/json.ts';
import type { Meaning, MoneyMeaning } from './meaning.ts';
import { markedAs } from './marks.ts';

/** What is known of a value on its way through a rule. */
export interface Known {
  meaning: Meaning | null;
  /** Path of the field it began as. */
  name: string;
  guessed: boolean;
}

/** Two values worked into one that do not belong together. */
export interface Misuse {
  code: 'meaning_currencies_mixed' | 'meaning_net_and_gross' | 'meaning_points_and_money' | 'meaning_unit_differs';
  first: Known;
  second: Known;
}

interface Operand {
  known: Known;
  /** The constant; undefined for a field. */
  value: Json | undefined;
}

type Step = { known: Known } | { misuse: Misuse };

/** What a function makes of the meaning of its input. Functions that only change the form of a value keep it. */
export function applyMeaning(known: Known, fn: string, operands: readonly Operand[]): Step {
  const [first] = operands;
  const becomes = (meaning: Meaning | null): Step => ({ known: { ...known, meaning } });
  switch (fn) {
    case 'number.add':
    case 'number.subtract':
      return first === undefined ? { known } : addition(known, first.known, fn === 'number.add');
    case 'number.multiply':
      return product(known, first?.known);
    case 'number.divide':
      return becomes(first?.known.meaning?.kind === 'money' ? null : known.meaning);
    case 'list.count':
    case 'list.join':
    case 'text.join':
    case 'logic.equals':
    case 'logic.choose':
    case 'logic.not':
    case 'number.isAbove':
    case 'convert.toBoolean':
      return becomes(null);
    case 'date.format':
      return becomes(formatted(known.meaning, operands));
    default:
      return becomes(fn.startsWith('value.') ? converted(known.meaning, fn, operands) : known.meaning);
  }
}

function addition(left: Known, right: Known, adds: boolean): Step {
  const [a, b] = [left.meaning, right.meaning];
  const guessed = left.guessed || right.guessed;
  const misuse = (code: Misuse['code']): Step => ({ misuse: { code, first: { ...left, guessed }, second: right } });
  if (a === null || b === null) return { known: left };
  const kinds = new Set([a.kind, b.kind]);
  if (kinds.has('points') && kinds.has('money')) return misuse('meaning_points_and_money');
  if (a.kind === 'money' && b.kind === 'money') {
    const [from, other] = [currencyOf(a), currencyOf(b)];
    if (from !== null && other !== null && from !== other) return misuse('meaning_currencies_mixed');
    const tax = taxOf(a.tax, b.tax, adds);
    return tax === null ? misuse('meaning_net_and_gross') : { known: { ...left, guessed, meaning: { ...a, tax } } };
  }
  if (a.kind === 'quantity' && b.kind === 'quantity') {
    if (a.unit !== '' && b.unit !== '' && a.unit !== b.unit) return misuse('meaning_unit_differs');
    return { known: { ...left, meaning: a.unit === '' ? b : a } };
  }
  if (a.kind === 'stock' && b.kind === 'stock') {
    // Yesterday's stock taken from today's is a change; a change added to a stock is a stock.
    const as = a.as === b.as ? (a.as === 'absolute' && !adds ? 'delta' : a.as) : 'absolute';
    return { known: { ...left, meaning: { kind: 'stock', as } } };
  }
  return { known: left };
}

/** The side a sum or difference is on; null where net and gross are mixed. */
function taxOf(a: MoneyMeaning['tax'], b: MoneyMeaning['tax'], adds: boolean): MoneyMeaning['tax'] | null {
  if (a === b && a !== 'tax') return a;
  if (a === 'tax' && b === 'tax') return 'tax';
  if (a === 'unknown' || b === 'unknown') return a === 'unknown' ? 'unknown' : a;
  if (b === 'tax') return adds ? (a === 'net' ? 'gross' : null) : a === 'gross' ? 'net' : null;
  if (a === 'tax') return adds && b === 'net' ? 'gross' : null;
  // Gross less net is the tax between them.
  return !adds && a === 'gross' && b === 'net' ? 'tax' : null;
}

/** A price times a quantity is an amount; everything else times a number stays what it was. */
function product(left: Known, right: Known | undefined): Step {
  const money = right?.meaning?.kind === 'money' && left.meaning?.kind !== 'money';
  return { known: money ? { ...left, meaning: right.meaning, guessed: left.guessed || right.guessed } : left };
}

/** Formatting a moment as a day is right where a zone is named; without one it is the day in UTC, in no store's books. */
function formatted(meaning: Meaning | null, [pattern, zone]: readonly Operand[]): Meaning | null {
  if (meaning?.kind !== 'instant' || zone === undefined || zone.value === '' || zone.value === null) return meaning;
  const day = typeof pattern?.value === 'string' && !/[Hhms]/.test(pattern.value);
  return day ? { kind: 'businessDay', zone: typeof zone.value === 'string' ? zone.value : zone.known.name } : meaning;
}

function converted(meaning: Meaning | null, fn: string, operands: readonly Operand[]): Meaning | null {
  const [first, second] = operands;
  const money: MoneyMeaning = meaning?.kind === 'money' ? meaning : { kind: 'money', tax: 'unknown' };
  switch (fn) {
    case 'value.net':
      return { ...money, tax: 'net' };
    case 'value.gross':
      return { ...money, tax: 'gross' };
    case 'value.convertCurrency':
      return inCurrency(money, second);
    case 'value.pointsToMoney':
      return { kind: 'money', tax: 'unknown' };
    case 'value.moneyToPoints':
      return { kind: 'points' };
    case 'value.toPieces':
      return { kind: 'quantity', unit: 'piece' };
    case 'value.toCases':
      return { kind: 'quantity', unit: 'case' };
    case 'value.stockChange':
      return { kind: 'stock', as: 'delta' };
    case 'value.stockAfter':
      return { kind: 'stock', as: 'absolute' };
    case 'value.businessDay':
      return { kind: 'businessDay', zone: typeof first?.value === 'string' ? first.value : (first?.known.name ?? '') };
    case 'value.startOfDay':
      return { kind: 'instant' };
    case 'value.as':
      return markedAs(meaning, first?.value);
    default:
      return meaning;
  }
}

function inCurrency({ tax }: MoneyMeaning, operand: Operand | undefined): MoneyMeaning {
  if (operand === undefined) return { kind: 'money', tax };
  if (typeof operand.value === 'string' && operand.value !== '') return { kind: 'money', tax, currency: operand.value.toUpperCase() };
  return operand.known.name === '' ? { kind: 'money', tax } : { kind: 'money', tax, currencyField: operand.known.name };
}

/** A name for the currency of an amount: the code, or the field that holds it. */
export function currencyOf({ currency, currencyField }: MoneyMeaning): string | null {
  return currency ?? currencyField ?? null;
}

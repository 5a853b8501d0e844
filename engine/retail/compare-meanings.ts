import type { ProblemCode } from '../flow/problem-codes.ts';
import type { Meaning, MoneyMeaning } from './meaning.ts';

/** Why a value of one meaning must not land in a field of another; null where nothing speaks against it. */
export function compareMeanings(given: Meaning, wanted: Meaning): ProblemCode | null {
  if (given.kind === 'money' && wanted.kind === 'money') return compareTax(given.tax, wanted.tax);
  if (given.kind === 'quantity' && wanted.kind === 'quantity') {
    return given.unit !== '' && wanted.unit !== '' && given.unit !== wanted.unit ? 'meaning_unit_differs' : null;
  }
  if (given.kind === 'stock' && wanted.kind === 'stock') {
    if (given.as === wanted.as) return null;
    return given.as === 'absolute' ? 'meaning_stock_in_delta' : 'meaning_delta_in_stock';
  }
  if (given.kind === wanted.kind) return null;
  const counted = given.kind === 'quantity' && wanted.kind === 'stock';
  // What was ordered or received came or went; it is not how many there are.
  if (counted) return wanted.as === 'absolute' ? 'meaning_delta_in_stock' : null;
  if (given.kind === 'stock' && wanted.kind === 'quantity') return null;
  return BETWEEN[`${given.kind} ${wanted.kind}`] ?? 'meaning_differs';
}

const BETWEEN: Readonly<Record<string, ProblemCode>> = {
  'points money': 'meaning_points_in_money',
  'money points': 'meaning_money_in_points',
  'instant businessDay': 'meaning_instant_in_day',
  'businessDay instant': 'meaning_day_in_instant',
};

function compareTax(given: MoneyMeaning['tax'], wanted: MoneyMeaning['tax']): ProblemCode | null {
  if (given === wanted || given === 'unknown' || wanted === 'unknown') return null;
  if (wanted === 'tax') return 'meaning_amount_in_tax';
  if (given === 'tax') return 'meaning_tax_in_amount';
  return wanted === 'net' ? 'meaning_gross_in_net' : 'meaning_net_in_gross';
}

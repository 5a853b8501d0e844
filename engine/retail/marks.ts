import type { Json } from '../flow/json.ts';
import { MARKS, type Mark } from '../mapping/functions/value.ts';
import type { Meaning, MoneyMeaning } from './meaning.ts';

/** The meaning a consultant gave with “means”; an amount keeps the currency that was known. */
export function markedAs(meaning: Meaning | null, mark: Json | undefined): Meaning | null {
  const said = MARKS.find((known) => known === mark);
  return said === undefined ? meaning : MARKED[said](meaning?.kind === 'money' ? meaning : { kind: 'money', tax: 'unknown' });
}

const MARKED = {
  net: (money) => ({ ...money, tax: 'net' }),
  gross: (money) => ({ ...money, tax: 'gross' }),
  tax: (money) => ({ ...money, tax: 'tax' }),
  money: (money) => ({ ...money, tax: 'unknown' }),
  points: () => ({ kind: 'points' }),
  piece: () => ({ kind: 'quantity', unit: 'piece' }),
  case: () => ({ kind: 'quantity', unit: 'case' }),
  absolute: () => ({ kind: 'stock', as: 'absolute' }),
  delta: () => ({ kind: 'stock', as: 'delta' }),
  instant: () => ({ kind: 'instant' }),
  businessDay: () => ({ kind: 'businessDay', zone: '' }),
  any: () => null,
} satisfies Record<Mark, (money: MoneyMeaning) => Meaning | null>;

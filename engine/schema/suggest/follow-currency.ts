import type { Choice } from './choose-sources.ts';
import type { Described } from './describe-field.ts';
import { fitValues } from './fit-values.ts';

/** The field that holds the currency of an amount: beside it, or beside what is around it; null when there is none. */
export type CurrencyNear = (amount: Described) => Described | null;

/**
 * Fills a currency from where its amounts come from: amounts and their currency are taken from the same place. It is obvious where
 * all amounts agree.
 */
export function followCurrency(target: Described, choices: readonly Choice[], currencyNear: CurrencyNear): Choice | null {
  const amounts = choices.filter(({ target: { at, list }, exact }) => exact && list === target.list && at.field?.meaning?.kind === 'money' && at.field.meaning.currencyField === target.at.path);
  // What is paid says it best.
  const found = amounts
    .toSorted((a, b) => Number(isGross(b)) - Number(isGross(a)))
    .flatMap(({ source }) => currencyNear(source) ?? [])
    .filter(({ list }) => amounts.some(({ source }) => source.list === list));
  const [first] = found;
  if (first === undefined) return null;
  const values = fitValues(target, first, false);
  if (values === null) return null;
  const held = new Set(found.map(({ at }) => (at.evidence?.examples ?? []).join(' ')));
  const same = found.every((other) => other === first) || (held.size === 1 && !held.has(''));
  return { target, source: first, functions: values.functions, score: same ? 0.9 : 0.7, exact: true, alike: values.alike, obvious: same && values.alike };
}

function isGross({ target }: Choice): boolean {
  const meaning = target.at.field?.meaning;
  return meaning?.kind === 'money' && meaning.tax === 'gross';
}

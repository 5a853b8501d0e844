import { conceptsOf, wordsOf } from './concepts.ts';
import { candidateOf, chooseSources, type Candidate, type Choice } from './suggest/choose-sources.ts';
import { describeField, type Described } from './suggest/describe-field.ts';
import { indexFields, type FieldIndex } from './suggest/field-index.ts';
import { fitNames, type Given } from './suggest/fit-names.ts';
import { fitValues, looksLikeCents } from './suggest/fit-values.ts';
import { followCurrency, type CurrencyNear } from './suggest/follow-currency.ts';
import { pairLists, type ListPair } from './suggest/pair-lists.ts';
import type { SuggestField } from './suggest/suggest-field.ts';
import type { Suggestion, SuggestionReason } from './suggest.ts';

export interface SuggestInput {
  /** All fields, parents before their children. */
  source: Iterable<SuggestField>;
  target: Iterable<SuggestField>;
  /** What a record of the target is, such as `order`: its `order_number` may simply be called number. */
  entity?: string;
  /** Targets that need no suggestion → path of the field that fills them; null for what is no field, such as a fixed value. */
  filled?: ReadonlyMap<string, string | null>;
  /** Pairings the mapping has: path of the target list → path of the source list. */
  paired?: ReadonlyMap<string, string>;
}

/**
 * Lines the mapper may offer, at most one for each target: by what names mean (in English, German and the dialects of vendors),
 * by types and formats, and by what real records hold. `obvious` ones are meant to be accepted with one click: precision over the
 * labelled pairs is printed by suggest-lines.test.ts. Amounts that are likely to be cents, and moments without an offset, are never obvious.
 */
export function suggestLines({ source, target, entity = '', filled = new Map(), paired = new Map() }: SuggestInput): Suggestion[] {
  const sources = described(source);
  const targets = described(target);
  const index = indexFields(sources.filter(isLeaf));
  const leaves = targets.filter(isLeaf);
  // A long name is that of a file, not of a kind of record.
  const record = new Set(wordsOf(entity).length > 3 ? [] : conceptsOf(entity));
  const lists = pairLists({ targetLists: targets.filter(isRecords), sourceLists: sources.filter(isRecords), targetFields: leaves, index, paired, record });
  const givenOf = givenBy({ index, targets, record, lists });
  const currencyNear = currenciesOf(sources);
  const candidates = new Map<Described, Candidate[]>();
  for (const leaf of leaves) {
    const pair = lists.get(leaf.list);
    if (pair === undefined || filled.has(leaf.at.path)) continue;
    const given = givenOf(leaf);
    const found: Candidate[] = [];
    for (const from of index.candidates(pair.source, leaf)) {
      const names = fitNames(leaf, from, given);
      if (names === null) continue;
      const cents = leaf.at.type === 'number' && looksLikeCents(from, currencyNear(from)?.at.evidence?.examples ?? []);
      const values = fitValues(leaf, from, cents);
      if (values !== null) found.push(candidateOf(from, { target: leaf, names, values }));
    }
    if (found.length > 0) candidates.set(leaf, found);
  }
  const choices = chooseSources(candidates);
  const open = leaves.filter(({ at }) => !filled.has(at.path));
  const followed = withCurrencies(choices, open, currencyNear);
  const fills = new Map([...filled, ...followed.map(({ target: to, source: from }): [string, string] => [to.at.path, from.at.path])]);
  return followed.map((choice) => {
    const suggestion = suggestionOf(choice, lists.get(choice.target.list));
    return isForeign(choice, fills, currencyNear) ? { ...suggestion, obvious: false } : suggestion;
  });
}

function described(fields: Iterable<SuggestField>): Described[] {
  return [...fields].map(describeField).filter((field) => field !== null);
}

function isLeaf({ at }: Described): boolean {
  return at.children.length === 0;
}

function isRecords({ at }: Described): boolean {
  return at.type === 'list' && at.children.length > 0;
}

interface Around {
  index: FieldIndex;
  targets: readonly Described[];
  record: ReadonlySet<string>;
  lists: ReadonlyMap<string, ListPair>;
}

/** What need not be said, for each list and for what holds a field. */
function givenBy({ index, targets, record, lists }: Around): (target: Described) => Given {
  const twoAddresses = targets.some(({ own, context }) => [...own, ...context].some((concept) => concept === 'billing' || concept === 'shipping'));
  const grossIsNamed = index.inList('').some(({ own, context }) => own.includes('gross') && (own.includes('total') || context.includes('total')));
  const names = new Map(targets.filter(isRecords).map((list) => [list.at.path, new Set(list.own)]));
  return ({ list, context }) => ({
    target: list === '' ? record : (names.get(list) ?? new Set()),
    source: list === '' ? new Set() : new Set(conceptsOf(lastName(lists.get(list)?.source ?? ''))),
    totalsAreGross: list === '' && context.length === 0 && !grossIsNamed,
    twoAddresses,
  });
}

function lastName(path: string): string {
  return /[^.[\]]+$/.exec(path)?.[0] ?? '';
}

function currenciesOf(sources: readonly Described[]): CurrencyNear {
  const held = new Map<string, Described>();
  for (const field of sources) {
    if (field.at.type !== 'text' || !field.own.includes('currency') || field.own.length > 1) continue;
    // Where a name and a code stand beside each other, the code is meant.
    const known = held.get(field.holder);
    if (known === undefined || (known.at.field?.format !== 'currency' && field.at.field?.format === 'currency')) held.set(field.holder, field);
  }
  return (amount) => {
    for (let holder = amount.holder; ; holder = holder.replace(/(?:^|\.)[^.]*$/, '')) {
      const found = held.get(holder) ?? held.get(holder.replace(/\[\]$/, ''));
      if (found !== undefined || holder === '') return found ?? null;
    }
  };
}

function withCurrencies(choices: readonly Choice[], leaves: readonly Described[], currencyNear: CurrencyNear): Choice[] {
  const chosen = new Map(choices.map((choice) => [choice.target, choice]));
  for (const leaf of leaves) {
    if (leaf.at.field?.format !== 'currency' && !leaf.own.includes('currency')) continue;
    const followed = chosen.get(leaf)?.obvious === true ? null : followCurrency(leaf, choices, currencyNear);
    if (followed !== null) chosen.set(leaf, followed);
  }
  return leaves.flatMap((leaf) => chosen.get(leaf) ?? []);
}

/** An amount whose own currency is not the one that is written beside it: somebody has to look whether they are the same. */
function isForeign({ target, source }: Choice, fills: ReadonlyMap<string, string | null>, currencyNear: CurrencyNear): boolean {
  const meaning = target.at.field?.meaning;
  if (meaning?.kind !== 'money' || meaning.currencyField === undefined || !fills.has(meaning.currencyField)) return false;
  const own = currencyNear(source);
  return own !== null && own.at.path !== fills.get(meaning.currencyField);
}

function suggestionOf({ target, source, functions, score, alike, obvious }: Choice, pair: ListPair | undefined): Suggestion {
  const reasons: SuggestionReason[] = ['name'];
  if (target.at.type === source.at.type) reasons.push('type');
  if (alike) reasons.push('values');
  return {
    id: `${source.at.path} ${target.at.path}`,
    target: target.at.path,
    source: source.at.path,
    ...(target.list === '' || pair === undefined ? {} : { parent: { target: target.list, source: pair.source } }),
    functions,
    score,
    reasons,
    obvious: obvious && pair?.sure === true,
  };
}

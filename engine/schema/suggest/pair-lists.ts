import { conceptsOf } from '../concepts.ts';
import type { Described } from './describe-field.ts';
import type { FieldIndex } from './field-index.ts';
import { fitNames, type Given } from './fit-names.ts';

export interface ListPair {
  source: string;
  /** Name or contents leave little doubt, and no other list comes close. */
  sure: boolean;
}

export interface ListInput {
  targetLists: readonly Described[];
  sourceLists: readonly Described[];
  targetFields: readonly Described[];
  index: FieldIndex;
  /** Pairings the mapping has already: target list → source list. */
  paired: ReadonlyMap<string, string>;
  /** What the record is: the lines of an order may be `order.lines`. */
  record: ReadonlySet<string>;
}

const LEAST = 0.3;
const LEAD = 0.1;

/** Finds for each list of the target the list of the source whose name and contents fit it best; lists around others come first. */
export function pairLists({ targetLists, sourceLists, targetFields, index, paired, record }: ListInput): ReadonlyMap<string, ListPair> {
  const pairs = new Map<string, ListPair>([['', { source: '', sure: true }]]);
  for (const target of targetLists) {
    const path = target.at.path;
    const known = paired.get(path);
    if (known !== undefined) {
      pairs.set(path, { source: known, sure: true });
      continue;
    }
    const outer = pairs.get(target.list);
    if (outer === undefined) continue;
    const inside = targetFields.filter(({ list }) => list === path);
    const ranked = sourceLists
      .filter(({ list }) => list === outer.source)
      .map((source) => ({ source: source.at.path, ...rate(target, source, { inside, index, record }) }))
      .sort((a, b) => b.score - a.score);
    const [best, next] = ranked;
    if (best === undefined || best.score < LEAST) continue;
    const lead = best.score - (next?.score ?? 0) >= LEAD;
    pairs.set(path, { source: best.source, sure: outer.sure && lead && (best.named || best.covered >= 0.5) });
  }
  return pairs;
}

function rate(target: Described, source: Described, { inside, index, record }: { inside: readonly Described[] } & Pick<ListInput, 'index' | 'record'>): { score: number; named: boolean; covered: number } {
  const nothing: Given = { target: new Set(), source: new Set(), totalsAreGross: false, twoAddresses: true };
  const name = fitNames(target, source, { ...nothing, target: record });
  const given: Given = { ...nothing, target: new Set(target.own), source: new Set(conceptsOf(source.at.name)) };
  const list = source.at.path;
  const found = inside.filter((field) => index.candidates(list, field).some((candidate) => fitNames(field, candidate, given)?.exact === true));
  const covered = inside.length === 0 ? 0 : found.length / inside.length;
  const named = name?.exact === true;
  return { score: (named ? 0.6 : (name?.score ?? 0) * 0.25) + 0.4 * covered, named, covered };
}

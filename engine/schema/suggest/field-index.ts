import { strongOf, type Described } from './describe-field.ts';

/** The fields of the source by list and by what their names speak of, so that not each has to be held against each. */
export interface FieldIndex {
  /** Fields inside a list ('' is the root) whose names share most with the target's, the nearest first. */
  candidates(list: string, target: Described): readonly Described[];
  inList(list: string): readonly Described[];
}

/** A field that shares less than two dozen others do is not the one that is meant. */
const NEAREST = 24;

interface Entry {
  field: Described;
  /** How many concepts its name and its place have. */
  size: number;
}

export function indexFields(fields: readonly Described[]): FieldIndex {
  const lists = new Map<string, { all: Described[]; byConcept: Map<string, Entry[]> }>();
  for (const field of fields) {
    let list = lists.get(field.list);
    if (list === undefined) lists.set(field.list, (list = { all: [], byConcept: new Map() }));
    list.all.push(field);
    const concepts = new Set([...strongOf(field.own), ...field.context]);
    const entry = { field, size: concepts.size };
    for (const concept of concepts) {
      const known = list.byConcept.get(concept);
      if (known === undefined) list.byConcept.set(concept, [entry]);
      else known.push(entry);
    }
  }
  return {
    inList: (list) => lists.get(list)?.all ?? [],
    candidates(list, target) {
      const index = lists.get(list)?.byConcept;
      if (index === undefined) return [];
      const own = new Set([...strongOf(target.own), ...strongOf(target.alias)]);
      const shared = new Map<Entry, number>();
      for (const concept of new Set([...own, ...target.context])) {
        for (const entry of index.get(concept) ?? []) {
          const before = shared.get(entry);
          // Where only the place is shared, the name is another one.
          if (before !== undefined || own.has(concept)) shared.set(entry, (before ?? 0) + 1);
        }
      }
      if (shared.size <= NEAREST) return [...shared.keys()].map(({ field }) => field);
      return [...shared]
        .map(([{ field, size }, count]) => ({ field, near: 2 * count - size }))
        .sort((a, b) => b.near - a.near)
        .slice(0, NEAREST)
        .map(({ field }) => field);
    },
  };
}

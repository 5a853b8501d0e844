import { strongOf, type Described } from './describe-field.ts';

/** The fields of the source by list and by what their names speak of, so that not each has to be held against each. */
export interface FieldIndex {
  /** Fields inside a list ('' is the root) that share a concept with the target. */
  candidates(list: string, target: Described): readonly Described[];
  inList(list: string): readonly Described[];
}

/** Thousands of fields may be called “… id”: a concept that common only counts where a name has no other. */
const COMMON = 300;

export function indexFields(fields: readonly Described[]): FieldIndex {
  const lists = new Map<string, { all: Described[]; byConcept: Map<string, Described[]> }>();
  for (const field of fields) {
    let list = lists.get(field.list);
    if (list === undefined) lists.set(field.list, (list = { all: [], byConcept: new Map() }));
    list.all.push(field);
    for (const concept of new Set([...strongOf(field.own), ...field.context])) {
      const known = list.byConcept.get(concept);
      if (known === undefined) list.byConcept.set(concept, [field]);
      else known.push(field);
    }
  }
  return {
    inList: (list) => lists.get(list)?.all ?? [],
    candidates(list, target) {
      const index = lists.get(list)?.byConcept;
      if (index === undefined) return [];
      const groups = [...new Set([...strongOf(target.own), ...strongOf(target.alias)])].map((concept) => index.get(concept) ?? []).filter((group) => group.length > 0);
      const rare = groups.filter((group) => group.length <= COMMON);
      const chosen = rare.length > 0 ? rare : groups.map((group) => group.slice(0, COMMON));
      return [...new Set(chosen.flat())];
    },
  };
}

import type { MappingFunction } from '../../mapping/mapping-schema.ts';
import type { Described } from './describe-field.ts';
import type { NameFit } from './fit-names.ts';
import type { ValueFit } from './fit-values.ts';

/** A source that could fill a target. */
export interface Candidate {
  source: Described;
  names: NameFit;
  values: ValueFit;
  score: number;
}

/** What is offered for one target. */
export interface Choice {
  target: Described;
  source: Described;
  functions: MappingFunction[];
  score: number;
  exact: boolean;
  alike: boolean;
  obvious: boolean;
}

/** Below it a suggestion would rather be noise. */
const LEAST = 0.6;
const OBVIOUS = 0.88;
/** Two sources closer than this are equally good. */
const MARGIN = 0.04;

/** A candidate with its score: the name's, moved by what the values say. */
export function candidateOf(source: Described, fits: { target: Described; names: NameFit; values: ValueFit }): Candidate {
  const { target, names, values } = fits;
  const { evidence, type } = source.at;
  let score = names.score;
  if (values.alike) score += 0.03;
  if (!values.sure) score -= 0.1;
  if (type === target.at.type) score += 0.01;
  // What no record ever held is most likely the wrong one of two.
  if (evidence !== undefined && evidence !== null && evidence.filled === 0) score -= 0.08;
  return { source, names, values, score };
}

/** Takes the best source for each target. Obvious is what fits entirely and has no rival that holds something else. */
export function chooseSources(candidates: ReadonlyMap<Described, readonly Candidate[]>): Choice[] {
  const best = new Map<Described, Candidate>();
  for (const [target, found] of candidates) {
    const [first] = [...found].sort((a, b) => b.score - a.score);
    if (first !== undefined && first.score >= LEAST) best.set(target, first);
  }
  const takenFully = new Map<Described, Described>();
  for (const [target, { source, names }] of best) if (names.full) takenFully.set(source, target);
  const choices = [...best].map(([target, chosen]): Choice => {
    const rivals = (candidates.get(target) ?? []).filter((other) => {
      if (other === chosen || chosen.score - other.score >= MARGIN || sameValues(other.source, chosen.source)) return false;
      const taker = takenFully.get(other.source);
      return taker === undefined || taker === target;
    });
    const { source, names, values, score } = chosen;
    const obvious = names.exact && values.sure && score >= OBVIOUS && rivals.length === 0;
    return { target, source, functions: values.functions, score: Math.max(0, Math.min(1, score)), exact: names.exact, alike: values.alike, obvious };
  });
  const used = new Set(choices.filter(({ obvious }) => obvious).map(({ source }) => source));
  return choices.filter(({ exact, source }) => exact || !used.has(source));
}

/** Both held the same in all records: it does not matter which one is taken. */
function sameValues(a: Described, b: Described): boolean {
  const [left, right] = [a.at.evidence, b.at.evidence];
  if (left === undefined || left === null || right === undefined || right === null || left.examples.length === 0) return false;
  return left.filled === right.filled && left.distinct === right.distinct && left.examples.join('\n') === right.examples.join('\n');
}

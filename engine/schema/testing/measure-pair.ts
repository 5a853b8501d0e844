import { RETAIL_SCHEMAS } from '#engine/retail/retail-schemas.ts';
import { collectEvidence } from '../evidence.ts';
import { inferSchema } from '../infer-schema.ts';
import { suggestLines } from '../suggest-lines.ts';
import { fieldsOf } from './fields-of.ts';
import type { LabelledPair } from './labelled-pair.ts';

export interface PairMeasure {
  name: string;
  /** Lines offered with one click, and how many of them are right. */
  offered: number;
  right: number;
  /** Lines there are to draw, and how many are right among all suggestions, obvious or not. */
  wanted: number;
  found: number;
  wrong: string[];
  missed: string[];
}

/** Holds what is suggested for a pair against the lines a consultant would draw. */
export function measurePair({ name, entity, records, correct }: LabelledPair): PairMeasure {
  const source = fieldsOf(inferSchema(name, records), collectEvidence(records));
  const suggestions = suggestLines({ source, target: fieldsOf(RETAIL_SCHEMAS[entity]), entity });
  const isRight = (target: string, from: string): boolean => [correct[target] ?? []].flat().includes(from);
  const obvious = suggestions.filter((suggestion) => suggestion.obvious);
  const wrong = obvious.filter((one) => !isRight(one.target, one.source)).map((one) => `${one.source} → ${one.target}`);
  const clicked = new Set(obvious.map(({ target }) => target));
  return {
    name,
    offered: obvious.length,
    right: obvious.length - wrong.length,
    wanted: Object.keys(correct).length,
    found: suggestions.filter((one) => isRight(one.target, one.source)).length,
    wrong,
    missed: Object.keys(correct).filter((target) => !clicked.has(target)),
  };
}

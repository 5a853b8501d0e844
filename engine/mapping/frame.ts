import type { Json, JsonObject } from '../flow/json.ts';
import type { Answers } from './answers.ts';
import type { MappingFaultCode } from './mapping-fault.ts';

/** One rule that could not fill its target. */
export interface MappingError {
  ruleId: string;
  /** With the positions of the items: `lines[3].net`. */
  target: string;
  code: MappingFaultCode;
  params: Record<string, string | number>;
}

/** Where a rule stands: the record itself, or one item of a `forEach` with the frames around it. */
export interface Frame {
  data: Json;
  output: JsonObject;
  index: number;
  parent: Frame | null;
  /** Target of the `forEach` this frame is an item of. */
  owner: string;
  shared: Shared;
}

/** What all frames of one record share. */
export interface Shared {
  errors: MappingError[];
  /** Told the result of every rule; only previews listen. */
  trace: Trace | null;
  /** What formulas and lookups of this record gave; null while nobody has asked. */
  answers: Answers | null;
}

export type Trace = (ruleId: string, outcome: RuleOutcome) => void;

export type RuleOutcome =
  | { state: 'filled'; value: Json }
  | { state: 'skipped'; reason: 'when' | 'missing' | 'pending' }
  | { state: 'failed'; error: MappingError };

export type Get = (frame: Frame) => Json | undefined;

/** The target of a rule in this frame, with positions filled in. */
export function placeOf(frame: Frame, target: string): string {
  if (frame.parent === null) return target;
  return `${placeOf(frame.parent, frame.owner.replace(/\[\]$/, `[${frame.index}]`))}.${target}`;
}

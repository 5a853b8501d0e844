import type { Json } from '../flow/json.ts';
import type { MappingFault } from './mapping-fault.ts';

/** What one question of a rule came to. */
export type Answer =
  /** What a formula gave, or the row of a table; null where a table has none. */
  | { state: 'value'; value: Json }
  /** A formula that found nothing, a lookup without a key: the rule's `onMissing` decides. */
  | { state: 'missing' }
  | { state: 'fault'; fault: MappingFault }
  /** Not known yet; only in previews. */
  | { state: 'pending' };

/**
 * The answers of one record, by rule in the order in which the rule asked: questions are collected and answers taken by walks
 * that agree on every condition and every item.
 */
export class Answers {
  readonly #bySlot: (readonly Answer[])[];
  readonly #taken: number[];

  constructor(bySlot: (readonly Answer[])[]) {
    this.#bySlot = bySlot;
    this.#taken = bySlot.map(() => 0);
  }

  /** The next answer of a rule. */
  take(slot: number): Answer {
    const at = this.#taken[slot] ?? 0;
    this.#taken[slot] = at + 1;
    return this.#bySlot[slot]?.[at] ?? { state: 'pending' };
  }
}

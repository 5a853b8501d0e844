import type { Json } from '../flow/json.ts';
import type { Frame } from './frame.ts';

/** What one record has to ask before it can be mapped. */
export interface Questions {
  /** Records that formulas look at: the place of the record around it in this list (-1: not needed), the item's number, the data. */
  contexts: [parent: number, index: number, data: Json][];
  formulas: { slot: number; /** Place in `Asks.expressions`. */ expression: number; /** Place in `contexts`. */ context: number }[];
  /** Key null: the record has none, so nothing is asked. */
  lookups: { slot: number; table: string; key: string | null }[];
}

/** All the questions of a mapping; null in `CompiledAsking` where it has none. */
export interface Asks {
  expressions: string[];
  tables: string[];
  /** Rules that ask. */
  slots: number;
  of(data: Json): Questions;
}

/** Puts down the questions of one record while its lists are walked. */
export class Asking {
  readonly questions: Questions = { contexts: [], formulas: [], lookups: [] };
  readonly #places = new Map<Frame, number>();

  formula(frame: Frame, { slot, expression, levels }: { slot: number; expression: number; levels: number }): void {
    this.questions.formulas.push({ slot, expression, context: this.#context(frame, levels) });
  }

  lookup(slot: number, { table, key }: { table: string; key: string | null }): void {
    this.questions.lookups.push({ slot, table, key });
  }

  /** @param levels how many records around it the formula may look at */
  #context(frame: Frame, levels: number): number {
    const { contexts } = this.questions;
    const place = this.#places.get(frame) ?? contexts.push([-1, frame.index, frame.data]) - 1;
    this.#places.set(frame, place);
    const context = contexts[place];
    if (levels > 0 && frame.parent !== null && context !== undefined) context[0] = this.#context(frame.parent, levels - 1);
    return place;
  }
}

/** How many records around its own an expression may look at. */
export function levelsOf(expression: string): number {
  if (expression.includes('$root')) return Number.POSITIVE_INFINITY;
  // Inside the parent, `$parent` is still the one of the item: there is no grandparent but `$root`.
  return expression.includes('$parent') ? 1 : 0;
}

import type { Json } from '#engine/flow/json.ts';
import type { RetailEntity } from '#engine/retail/retail-model.ts';

/**
 * One vendor's record and our entity, with the lines a retail consultant would draw: the yardstick for suggestions. Shapes are
 * those of the vendors' public documentation, all values are invented.
 */
export interface LabelledPair {
  name: string;
  entity: RetailEntity;
  records: readonly Json[];
  /** Target path → the source path that belongs there, or several that are equally right. What is not named has no right source. */
  correct: Readonly<Record<string, string | readonly string[]>>;
}

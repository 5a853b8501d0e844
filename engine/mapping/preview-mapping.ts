import type { Json, JsonObject } from '../flow/json.ts';
import { compileAsking } from './compile-mapping.ts';
import type { MappingError, RuleOutcome } from './frame.ts';
import type { Mapping } from './mapping-schema.ts';

/** What one rule gave on a sample. A rule inside lists has an outcome for each item, the first few of them kept. */
export interface RulePreview {
  outcomes: RuleOutcome[];
  /** All outcomes, also those not kept. */
  count: number;
  failed: number;
}

export interface MappingPreview {
  /** Everything that could be filled, also where other rules failed. */
  output: JsonObject;
  errors: MappingError[];
  /** By rule id; rules that did not run (their list was empty) have no entry. */
  rules: Record<string, RulePreview>;
}

const KEPT = 20;

/** Runs a mapping, finished or not, on one sample, with the same compiler as the engine. */
export function previewMapping(mapping: Mapping, data: Json): MappingPreview {
  const rules = new Map<string, RulePreview>();
  const { result, output } = compileAsking(mapping).run(data, (ruleId, outcome) => {
    const preview = rules.get(ruleId) ?? { outcomes: [], count: 0, failed: 0 };
    rules.set(ruleId, preview);
    preview.count += 1;
    if (outcome.state === 'failed') preview.failed += 1;
    if (preview.outcomes.length < KEPT) preview.outcomes.push(outcome);
  }, null);
  return { output, errors: result.ok ? [] : result.errors, rules: Object.fromEntries(rules) };
}

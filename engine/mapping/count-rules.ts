import type { MappingRule } from './mapping-schema.ts';

/** Fields a mapping fills, those inside lists included. */
export function countRules(rules: readonly MappingRule[]): number {
  return rules.reduce((sum, { source }) => sum + 1 + (source.type === 'forEach' ? countRules(source.rules) : 0), 0);
}

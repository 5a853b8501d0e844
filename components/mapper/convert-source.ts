import type { MappingRule, MappingSource } from '#engine/mapping/mapping-schema.ts';

/** Kinds of value, in the order in which they are offered. */
export const SOURCE_TYPES = ['path', 'constant', 'formula', 'lookup', 'target', 'index', 'forEach'] as const;

/** The same source as another kind, keeping what was entered where it means something there. */
export function convertSource(source: MappingSource, type: string): MappingSource {
  const path = 'path' in source ? source.path : source.type === 'lookup' ? source.key : '';
  if (type === 'constant') return { type, value: '' };
  if (type === 'target') return { type, path: '' };
  if (type === 'index') return { type };
  if (type === 'formula') return { type, expression: path.replaceAll('[]', '').replace(/^(?:\^\.)/, '$parent.') };
  if (type === 'lookup') return { type, table: '', key: path, field: '', onMiss: 'fail' };
  if (type === 'forEach') return { type, path, rules: source.type === 'forEach' ? source.rules : [] };
  return { type: 'path', path };
}

/** What changes in a rule when its value becomes one of another kind. */
export function convertRule(rule: MappingRule, type: string): Partial<MappingRule> {
  const source = convertSource(rule.source, type);
  return type === 'forEach' ? { source, target: asList(rule.target), functions: [] } : { source };
}

export function asList(target: string): string {
  return target === '' || target.endsWith('[]') ? target : `${target}[]`;
}

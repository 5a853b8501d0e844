import { newId } from '#engine/flow/document.ts';
import { isRecord, type Json } from '#engine/flow/json.ts';
import { formatPath } from '#engine/flow/path.ts';
import type { MappingRule } from '#engine/mapping/mapping-schema.ts';

/** A new row that takes a field of the record. */
export function newRule(path = '', target = ''): MappingRule {
  return { id: newId('rule'), target, source: { type: 'path', path }, functions: [], onMissing: 'skip' };
}

/** A new group: one target list, filled from each item of a source list. */
export function newListRule(path = '', target = '', rules: MappingRule[] = [newRule()]): MappingRule {
  return { id: newId('rule'), target, source: { type: 'forEach', path, rules }, functions: [], onMissing: 'skip' };
}

export function replaceRule(rules: readonly MappingRule[], rule: MappingRule): MappingRule[] {
  return rules.map((other) => (other.id === rule.id ? rule : other));
}

export function removeRule(rules: readonly MappingRule[], id: string): MappingRule[] {
  return rules.filter((rule) => rule.id !== id);
}

/** Moves a row up (-1) or down (1); at the ends nothing moves. */
export function moveRule(rules: readonly MappingRule[], id: string, step: -1 | 1): MappingRule[] {
  const from = rules.findIndex((rule) => rule.id === id);
  const to = from + step;
  const next = [...rules];
  const [taken] = from < 0 || to < 0 || to >= rules.length ? [] : next.splice(from, 1);
  if (taken !== undefined) next.splice(to, 0, taken);
  return next;
}

/** A copy with ids of its own, also in the rows of a group. */
export function copyRule(rule: MappingRule): MappingRule {
  const source = rule.source.type === 'forEach' ? { ...rule.source, rules: rule.source.rules.map(copyRule) } : rule.source;
  return { ...rule, id: newId('rule'), source };
}

/** The last name of a path, as a first proposal for a target: `customer.first_name` gives `first_name`. */
export function proposeTarget(path: string): string {
  const [, name = ''] = /([A-Za-z0-9_-]+)(?:\[\d*\])*$/.exec(path) ?? [];
  return name;
}

/** Rows that take over every field of a sample under its own name; lists of records become groups. Used sources are left out. */
export function rulesFromSample(sample: Json | undefined, used: ReadonlySet<string>): MappingRule[] {
  return isRecord(sample) ? fieldsOf(sample, [], used) : [];
}

const MAX_DEPTH = 6;

function fieldsOf(value: Record<string, Json>, prefix: readonly string[], used: ReadonlySet<string>): MappingRule[] {
  return Object.entries(value).flatMap(([key, child]) => {
    const keys = [...prefix, key];
    const path = formatPath(keys);
    if (used.has(path)) return [];
    if (isRecord(child) && keys.length < MAX_DEPTH) return fieldsOf(child, keys, used);
    const first = Array.isArray(child) ? child[0] : undefined;
    if (isRecord(first)) return [newListRule(path, `${path}[]`, fieldsOf(first, [], new Set()))];
    return [newRule(path, path)];
  });
}

/** Sources that rows of this level take already. */
export function usedSources(rules: readonly MappingRule[]): Set<string> {
  return new Set(rules.flatMap(({ source }) => (source.type === 'path' || source.type === 'forEach' ? [source.path] : [])));
}

/** Nothing has been entered in this row yet. */
export function isBlank({ target, source }: MappingRule): boolean {
  return target === '' && source.type === 'path' && source.path === '';
}

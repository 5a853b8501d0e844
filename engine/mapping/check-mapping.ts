import type { ProblemCode } from '../flow/problem-codes.ts';
import { formatPath, parsePath } from '../flow/path.ts';
import { checkAnswered } from './check-answered.ts';
import { checkFunctions } from './check-functions.ts';
import { checkItems } from './check-items.ts';
import { parseScopedPath, type ScopedPath } from './compile-path.ts';
import { parseTarget } from './compile-target.ts';
import type { Mapping, MappingRule } from './mapping-schema.ts';

export interface MappingProblem {
  code: ProblemCode;
  /** Absent: an error. */
  severity?: 'error' | 'warning';
  /** Dotted place inside the mapping: `rules.3.source.rules.0.target`; '' for the mapping itself. */
  field: string;
  params?: Record<string, string | number>;
}

const MAX_DEPTH = 10;

/** The rules of one level, with what the rules before fill. */
interface Level {
  depth: number;
  filled: Map<string, MappingRule>;
  /** Places that hold something filled → the first that was filled in them. */
  around: Map<string, string>;
  outer: Level | null;
}

/** What is unfinished or contradictory in a mapping. */
export function checkMapping(mapping: Mapping): MappingProblem[] {
  if (mapping.rules.length === 0) return [{ code: 'mapping_empty', field: '' }];
  return checkRules(mapping.rules, 'rules', null);
}

function checkRules(rules: readonly MappingRule[], field: string, outer: Level | null): MappingProblem[] {
  const level: Level = { depth: outer === null ? 0 : outer.depth + 1, filled: new Map(), around: new Map(), outer };
  return rules.flatMap((rule, index) => {
    const at = `${field}.${index}`;
    const problems = checkSource(rule, at, level);
    problems.push(...checkFunctions(rule, `${at}.functions`, level.depth));
    if (rule.target.trim() === '') {
      problems.unshift({ code: 'mapping_target_empty', field: `${at}.target`, params: { rule: index + 1 } });
    } else {
      problems.unshift(...checkTarget(rule, `${at}.target`, level));
    }
    return problems;
  });
}

function checkTarget(rule: MappingRule, field: string, { filled, around }: Level): MappingProblem[] {
  const target = rule.target.trim();
  const path = parseTarget(target, rule.source.type === 'forEach');
  if (path === null) {
    const isList = rule.source.type === 'forEach' && parseTarget(target, false) !== null;
    return [{ code: isList ? 'mapping_target_not_list' : 'mapping_target_invalid', field, params: { target } }];
  }
  const name = formatPath(path);
  const earlier = filled.get(name);
  filled.set(name, rule);
  // Two rules with conditions may fill one field in turn; two without would overwrite each other.
  if (earlier !== undefined && earlier.when === undefined && rule.when === undefined) {
    return [{ code: 'mapping_target_duplicate', field, params: { target } }];
  }
  const outside = prefixesOf(name);
  const other = around.get(name) ?? outside.find((prefix) => filled.has(prefix));
  for (const prefix of outside) if (!around.has(prefix)) around.set(prefix, name);
  return other === undefined ? [] : [{ code: 'mapping_target_conflict', field, params: { target, other } }];
}

/** What a place lies in: `customer.address.city` → customer, customer.address. */
function prefixesOf(name: string): string[] {
  return [...name.matchAll(/[.[]/g)].map(({ index }) => name.slice(0, index)).filter((prefix) => prefix !== '');
}

function checkSource({ target, source }: MappingRule, at: string, level: Level): MappingProblem[] {
  const params = { target };
  if (source.type === 'constant') return [];
  if (source.type === 'index') {
    return level.outer === null ? [{ code: 'mapping_index_outside_list', field: `${at}.source`, params }] : [];
  }
  if (source.type === 'formula' || source.type === 'lookup') return checkAnswered(source, { at, target, depth: level.depth });
  const field = `${at}.source.path`;
  // A forEach over '' walks the record itself, when that is a list.
  if (source.path.trim() === '' && source.type !== 'forEach') return [{ code: 'mapping_source_empty', field, params }];
  const path = parseScopedPath(source.path);
  if (path === null || path.up > level.depth) {
    return [{ code: 'mapping_source_invalid', field, params: { target, path: source.path } }];
  }
  if (source.type === 'target') {
    const known = isFilled(path, level);
    return known ? [] : [{ code: 'mapping_target_reference_unknown', field, params: { target, path: source.path } }];
  }
  if (source.type !== 'forEach') return [];
  if (level.depth >= MAX_DEPTH) return [{ code: 'mapping_too_deep', field: at, params }];
  if (source.rules.length === 0) return [{ code: 'mapping_list_empty', field: at, params }];
  return [...checkItems(source, { at, target, depth: level.depth + 1 }), ...checkRules(source.rules, `${at}.source.rules`, level)];
}

/** Whether a rule before this one fills the field a path begins with. */
function isFilled({ up, path }: ScopedPath, level: Level): boolean {
  let current: Level | null = level;
  for (let left = up; left > 0 && current !== null; left -= 1) current = current.outer;
  const [first] = path;
  return [...(current?.filled.keys() ?? [])].some((name) => parsePath(name)?.[0] === first);
}

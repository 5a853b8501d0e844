import type { MappingProblem } from './check-mapping.ts';
import { parseScopedPath } from './compile-path.ts';
import type { ForEachSource } from './mapping-schema.ts';

/** What is wrong with the filter, the order and the grouping of a list. */
export function checkItems({ filter, sort = [], groupBy = '' }: ForEachSource, { at, target, depth }: { at: string; target: string; depth: number }): MappingProblem[] {
  const problems: MappingProblem[] = [];
  const source = `${at}.source`;
  const readable = (path: string): boolean => {
    const parsed = path.trim() === '' ? null : parseScopedPath(path);
    return parsed !== null && parsed.up <= depth;
  };
  for (const [index, { path }] of (filter?.rules ?? []).entries()) {
    const field = `${source}.filter.rules.${index}.path`;
    if (path.trim() === '') problems.push({ code: 'rule_path_empty', field, params: { rule: index + 1 } });
    else if (!readable(path)) problems.push({ code: 'rule_path_invalid', field, params: { rule: index + 1, path } });
  }
  for (const [index, { path }] of sort.entries()) {
    if (!readable(path)) problems.push({ code: 'mapping_sort_invalid', field: `${source}.sort.${index}.path`, params: { target, path } });
  }
  if (groupBy.trim() !== '' && !readable(groupBy)) problems.push({ code: 'mapping_group_invalid', field: `${source}.groupBy`, params: { target, path: groupBy } });
  return problems;
}

import { parsePath } from '../../flow/path.ts';
import type { Problem } from '../../flow/problem.ts';
import { checkPath, errorIn } from '../checks.ts';
import type { NodeCheckScope } from '../node-kind.ts';
import { DEFAULT_MAX_PAGES, MAX_PAGES, PAGE_SIZE, type PagingConfig } from './paging-config.ts';

/** What keeps a paged source from finding its way through the pages. */
export function checkPaging(paging: PagingConfig, scope: NodeCheckScope): Problem[] {
  const { style, ends = 'empty', maxPages = DEFAULT_MAX_PAGES } = paging;
  const problems: Problem[] = [];
  if (style === 'page') problems.push(...parameter(scope, 'pageParam', paging.pageParam));
  if (style === 'page' && !Number.isInteger(paging.firstPage ?? 1)) {
    problems.push(errorIn(scope, 'paging_first_page', { field: 'paging.firstPage' }));
  }
  if (style === 'offset') problems.push(...parameter(scope, 'offsetParam', paging.offsetParam));
  if (style === 'cursor') {
    problems.push(...checkPath(scope, 'paging.cursorPath', paging.cursorPath ?? ''), ...parameter(scope, 'cursorParam', paging.cursorParam));
  }
  if (style === 'next-url') problems.push(...checkPath(scope, 'paging.nextPath', paging.nextPath ?? ''));
  if (style === 'page' || style === 'offset') {
    if (ends === 'flag') problems.push(...checkPath(scope, 'paging.morePath', paging.morePath ?? ''));
    if (ends === 'short' && paging.size === undefined) problems.push(errorIn(scope, 'paging_size_needed', { field: 'paging.size' }));
  }
  if (style !== 'none' && style !== 'link' && style !== 'next-url') problems.push(...checkSize(paging, scope));
  if (!inRange(maxPages, MAX_PAGES)) problems.push(errorIn(scope, 'number_range', { field: 'paging.maxPages', params: MAX_PAGES }));
  return problems;
}

function checkSize({ size, sizeParam }: PagingConfig, scope: NodeCheckScope): Problem[] {
  if (size !== undefined && !inRange(size, PAGE_SIZE)) return [errorIn(scope, 'number_range', { field: 'paging.size', params: PAGE_SIZE })];
  return (sizeParam ?? '').trim() !== '' && size === undefined ? [errorIn(scope, 'paging_size_needed', { field: 'paging.size' })] : [];
}

function parameter(scope: NodeCheckScope, name: string, value: string | undefined): Problem[] {
  return (value ?? '').trim() === '' ? [errorIn(scope, 'query_name_empty', { field: `paging.${name}` })] : [];
}

function inRange(value: number, { min, max }: { min: number; max: number }): boolean {
  return Number.isInteger(value) && value >= min && value <= max;
}

/** The place of the records in an answer; empty: the answer itself is the list. */
export function checkRecordsPath(scope: NodeCheckScope, path: string): Problem[] {
  return parsePath(path) === null ? [errorIn(scope, 'path_invalid', { field: 'recordsPath', params: { path } })] : [];
}

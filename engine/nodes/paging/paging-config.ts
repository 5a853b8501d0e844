import { z } from 'zod';

export const PAGING_STYLES = ['none', 'page', 'offset', 'cursor', 'link', 'next-url'] as const;
export type PagingStyle = (typeof PAGING_STYLES)[number];
export const MAX_PAGES = { min: 1, max: 1_000_000 };
export const PAGE_SIZE = { min: 1, max: 100_000 };

const counted = { field: 'style', is: ['page', 'offset'] };
const sized = { field: 'style', is: ['page', 'offset', 'cursor'] };
const parameter = z.string().max(200);
const path = z.string().max(500);

/** How an API hands out a long list. Fields of other styles may stay filled: switching back loses nothing. */
export const pagingSchema = z.strictObject({
  style: z.enum(PAGING_STYLES).meta({ field: { kind: 'select', help: true, sourceOf: { link: 'https://www.rfc-editor.org/rfc/rfc8288' } } }),
  pageParam: parameter.optional().meta({ field: { kind: 'text', when: { field: 'style', is: ['page'] }, placeholder: 'page' } }),
  firstPage: z
    .number()
    .optional()
    .meta({ field: { kind: 'number', when: { field: 'style', is: ['page'] }, placeholder: '1' } }),
  offsetParam: parameter.optional().meta({ field: { kind: 'text', when: { field: 'style', is: ['offset'] }, placeholder: 'offset' } }),
  cursorPath: path
    .optional()
    .meta({ field: { kind: 'path', when: { field: 'style', is: ['cursor'] }, help: true, placeholder: 'meta.next_cursor' } }),
  cursorParam: parameter.optional().meta({ field: { kind: 'text', when: { field: 'style', is: ['cursor'] }, placeholder: 'cursor' } }),
  nextPath: path
    .optional()
    .meta({ field: { kind: 'path', when: { field: 'style', is: ['next-url'] }, help: true, placeholder: 'links.next' } }),
  sizeParam: parameter.optional().meta({ field: { kind: 'text', when: sized, help: true, placeholder: 'limit' } }),
  size: z
    .number()
    .optional()
    .meta({ field: { kind: 'number', when: sized, ...PAGE_SIZE, unit: 'records', placeholder: '100' } }),
  /** How the last page is told: nothing on it, fewer records than asked for, or a field that says so. */
  ends: z
    .enum(['empty', 'short', 'flag'])
    .optional()
    .meta({ field: { kind: 'select', when: counted, help: true } }),
  morePath: path
    .optional()
    .meta({ field: { kind: 'path', when: { field: 'ends', is: ['flag'] }, help: true, placeholder: 'meta.has_more' } }),
  maxPages: z
    .number()
    .optional()
    .meta({ field: { kind: 'number', help: true, ...MAX_PAGES, unit: 'pages', placeholder: '100000' } }),
});

export type PagingConfig = z.infer<typeof pagingSchema>;

export const DEFAULT_MAX_PAGES = 100_000;

export function initialPaging(): PagingConfig {
  return { style: 'page', pageParam: 'page', firstPage: 1, sizeParam: 'limit', size: 100, ends: 'empty' };
}

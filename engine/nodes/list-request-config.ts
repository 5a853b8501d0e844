import { z } from 'zod';
import type { Problem } from '../flow/problem.ts';
import { checkHttpRequest } from './http-request-check.ts';
import { HTTP_TIMEOUT, httpRequestConfig } from './http-request-config.ts';
import type { NodeCheckScope } from './node-kind.ts';
import { checkPaging, checkRecordsPath } from './paging/check-paging.ts';
import { initialPaging, pagingSchema, type PagingConfig } from './paging/paging-config.ts';
import { listRequest, type ListRequest } from './paging/read-page.ts';

const { connectionId, query, headers } = httpRequestConfig.shape;

/** Fields of kinds that read a list page by page. */
export const listRequestFields = {
  connectionId,
  url: z
    .string()
    .max(2_000)
    .meta({ field: { kind: 'text', template: true, help: true, placeholder: '/products' } }),
  query,
  recordsPath: z.string().max(500).meta({ field: { kind: 'path', help: true, placeholder: 'data.items' } }),
  paging: pagingSchema.meta({ field: { kind: 'group', section: true } }),
};

export const rareListRequestFields = {
  headers,
  timeoutSeconds: z
    .number()
    .meta({ field: { kind: 'number', ...HTTP_TIMEOUT, unit: 'seconds', advanced: true } }),
};

export function initialListRequest(): ListRequest & { recordsPath: string; paging: PagingConfig } {
  return { connectionId: null, url: '', query: [], headers: [], timeoutSeconds: 30, recordsPath: '', paging: initialPaging() };
}

export function checkListRequest(config: ListRequest & { recordsPath: string; paging: PagingConfig }, scope: NodeCheckScope): Problem[] {
  return [...checkHttpRequest(listRequest(config), scope), ...checkRecordsPath(scope, config.recordsPath), ...checkPaging(config.paging, scope)];
}

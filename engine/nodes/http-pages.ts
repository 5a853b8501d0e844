import { z } from 'zod';
import { isForbiddenKey } from '../flow/json-scan.ts';
import { errorIn } from './checks.ts';
import { checkListRequest, initialListRequest, listRequestFields, rareListRequestFields } from './list-request-config.ts';
import { defineNode } from './node-kind.ts';
import { notAsked } from './not-asked.ts';
import { preparePages, readPage, type PreparedPages } from './paging/read-page.ts';
import { withRest } from './with-rest.ts';

const config = z.strictObject({
  ...listRequestFields,
  /** Field of each record in which the record that started the reading stays. */
  keep: z
    .string()
    .max(100)
    .optional()
    .meta({ field: { kind: 'text', help: true, advanced: true, placeholder: 'job' } }),
  ...rareListRequestFields,
});

export type HttpPagesConfig = z.infer<typeof config>;

/** Reads a long list page by page; each item goes on as a record. */
export const httpPages = defineNode<HttpPagesConfig, PreparedPages>({
  kind: 'http-pages',
  version: 1,
  group: 'action',
  icon: 'book-open',
  config,
  initial: initialListRequest,
  ports: () => ({ inputs: [{ id: 'in', type: 'any' }], outputs: [{ id: 'out', type: 'record' }] }),
  summary: ({ url }) => (url === '' ? { key: 'empty' } : { key: 'pages', params: { url } }),
  check(given, scope) {
    const problems = checkListRequest(given, scope);
    if (given.keep !== undefined && isForbiddenKey(given.keep.trim())) {
      problems.push(errorIn(scope, 'keep_invalid', { field: 'keep', params: { path: given.keep } }));
    }
    return problems;
  },
  prepare: (given) => preparePages(given, given.recordsPath, given.paging),
  effect: 'call',
  async nextPage({ config: { keep = '' }, prepared, record, number, cursor, ports }) {
    const page = await readPage({ prepared, data: record.data, record, number, cursor, ports });
    const name = keep.trim();
    return name === '' ? page : { ...page, records: page.records.map((item) => withRest(item, name, record.data)) };
  },
  execute: notAsked,
});

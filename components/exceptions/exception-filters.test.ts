import { expect, it } from 'vitest';
import { exceptionQuery, filtersHref, isFiltered, NO_FILTERS, readFilters } from './exception-filters.ts';

it('keeps every filter in the address and reads it back', () => {
  const filters = {
    ...NO_FILTERS, view: 'list' as const, state: 'resolved' as const, class: 'data' as const, assigned: 'me' as const, search: '#1001 & more',
    retailerId: '0198c0de-0000-7000-8000-000000000001', cause: { nodeId: 'send', code: 'http_422', name: 'abc', nodeLabel: 'To the ERP' },
  };
  expect(readFilters(new URL(filtersHref(filters), 'http://x').searchParams)).toEqual(filters);
  expect(exceptionQuery(filters)).toMatchObject({ nodeId: 'send', cause: 'abc', assigned: 'me' });
});

it('leaves out what it does not understand', () => {
  expect(readFilters(new URLSearchParams('retailer=x&class=magic&assigned=all&node=send&view=pie'))).toEqual(NO_FILTERS);
  expect(isFiltered({ ...NO_FILTERS, view: 'list' })).toBe(false);
  expect(isFiltered({ ...NO_FILTERS, search: 'a' })).toBe(true);
});

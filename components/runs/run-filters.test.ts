import fc from 'fast-check';
import { expect, it } from 'vitest';
import { runStates } from '#server/views/run.ts';
import { filtersHref, isFiltered, NO_FILTERS, RANGES, type Range, type RunFilters, readFilters, runQuery } from './run-filters.ts';

const anyInstant = fc.option(fc.date({ noInvalidDate: true, min: new Date(0), max: new Date('2100-01-01') }).map((date) => date.toISOString()));
const anyFilters: fc.Arbitrary<RunFilters> = fc.record({
  state: fc.option(fc.constantFrom(...runStates)),
  flowId: fc.option(fc.uuid()),
  retailerId: fc.option(fc.uuid()),
  range: fc.option(fc.constantFrom<Range>('1h', '24h', '7d', '30d')),
  from: anyInstant,
  to: anyInstant,
  search: fc.string({ maxLength: 40 }).map((text) => text.trim()),
});

it('an address gives back the filters it was made from', () => {
  fc.assert(
    fc.property(anyFilters, (filters) => {
      expect(readFilters(new URL(filtersHref(filters), 'http://x').searchParams)).toEqual(filters);
    }),
  );
});

it('leaves out what it does not understand', () => {
  expect(readFilters(new URLSearchParams('state=odd&flow=1&retailer=%00&range=constructor&from=soon&to='))).toEqual(NO_FILTERS);
  expect(isFiltered(NO_FILTERS)).toBe(false);
});

it('a moving range begins at a full minute, so that a view keeps its key', () => {
  const filters: RunFilters = { ...NO_FILTERS, range: '1h' };
  const at = Date.parse('2026-03-04T05:06:07.890Z');
  expect(runQuery(filters, at)).toEqual({ from: '2026-03-04T04:06:00.000Z' });
  expect(runQuery(filters, at + 1_000)).toEqual(runQuery(filters, at));
  expect(RANGES['24h']).toBe(24 * RANGES['1h']);
});

it('fixed bounds win over a moving range', () => {
  expect(runQuery({ ...NO_FILTERS, range: '1h', to: '2026-01-01T00:00:00.000Z' }, 0)).toEqual({ to: '2026-01-01T00:00:00.000Z' });
});

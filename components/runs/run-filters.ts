import type { RunState } from '#server/views/run.ts';

/** In the order they are offered. */
export const RUN_STATES = ['running', 'waiting', 'succeeded', 'failed'] as const satisfies readonly RunState[];

/** Time ranges that move with the clock, and their length. */
export const RANGES = { '1h': 3_600_000, '24h': 86_400_000, '7d': 604_800_000, '30d': 2_592_000_000 } as const;

export type Range = keyof typeof RANGES;

/** What the run log shows. The address holds all of it, so that a view can be sent as a link. */
export interface RunFilters {
  state: RunState | null;
  flowId: string | null;
  retailerId: string | null;
  range: Range | null;
  /** Fixed bounds as ISO instants; they win over `range`. */
  from: string | null;
  to: string | null;
  search: string;
}

export const NO_FILTERS: RunFilters = { state: null, flowId: null, retailerId: null, range: null, from: null, to: null, search: '' };

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const MAX_SEARCH = 200;

/** Reads the filters of an address. Whatever is not understood is left out, so that an old link still opens. */
export function readFilters(params: URLSearchParams): RunFilters {
  const range = params.get('range');
  return {
    state: RUN_STATES.find((state) => state === params.get('state')) ?? null,
    flowId: uuid(params.get('flow')),
    retailerId: uuid(params.get('retailer')),
    range: range !== null && isRange(range) ? range : null,
    from: instant(params.get('from')),
    to: instant(params.get('to')),
    search: (params.get('q') ?? '').trim().slice(0, MAX_SEARCH),
  };
}

/** The address of a view of the run log. */
export function filtersHref(filters: RunFilters): string {
  const params = new URLSearchParams();
  if (filters.state !== null) params.set('state', filters.state);
  if (filters.retailerId !== null) params.set('retailer', filters.retailerId);
  if (filters.flowId !== null) params.set('flow', filters.flowId);
  if (filters.range !== null) params.set('range', filters.range);
  if (filters.from !== null) params.set('from', filters.from);
  if (filters.to !== null) params.set('to', filters.to);
  if (filters.search !== '') params.set('q', filters.search);
  const query = params.toString();
  return query === '' ? '/runs' : `/runs?${query}`;
}

/** Anything that hides runs. */
export function isFiltered(filters: RunFilters): boolean {
  return filtersHref(filters) !== '/runs';
}

/** The filters as the API takes them. `now` is rounded down to the minute, so that the same view keeps the same key. */
export function runQuery(filters: RunFilters, now: number) {
  const minute = now - (now % 60_000);
  const since = filters.range === null ? null : new Date(minute - RANGES[filters.range]).toISOString();
  const from = filters.from ?? (filters.to === null ? since : null);
  return {
    ...(filters.state === null ? {} : { state: filters.state }),
    ...(filters.flowId === null ? {} : { flowId: filters.flowId }),
    ...(filters.retailerId === null ? {} : { retailerId: filters.retailerId }),
    ...(from === null ? {} : { from }),
    ...(filters.to === null ? {} : { to: filters.to }),
    ...(filters.search === '' ? {} : { search: filters.search }),
  };
}

export function isRange(value: string): value is Range {
  return Object.hasOwn(RANGES, value);
}

function uuid(value: string | null): string | null {
  return value !== null && UUID.test(value) ? value : null;
}

function instant(value: string | null): string | null {
  if (value === null) return null;
  const time = Date.parse(value);
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}

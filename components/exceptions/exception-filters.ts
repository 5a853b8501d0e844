import { FAILURE_CLASSES, type FailureClass } from '#engine/nodes/step.ts';
import type { ExceptionState } from '#server/views/exception.ts';

/** What the desk shows. The address holds all of it. */
export interface ExceptionFilters {
  view: 'causes' | 'list';
  state: ExceptionState;
  retailerId: string | null;
  flowId: string | null;
  class: FailureClass | null;
  assigned: 'me' | 'nobody' | null;
  search: string;
  /** One cause: where and why, with the node's name for the reader. */
  cause: { nodeId: string; code: string; name: string; nodeLabel: string } | null;
}

export const NO_FILTERS: ExceptionFilters = { view: 'causes', state: 'open', retailerId: null, flowId: null, class: null, assigned: null, search: '', cause: null };

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Reads the filters of an address. Whatever is not understood is left out. */
export function readFilters(params: URLSearchParams): ExceptionFilters {
  const uuid = (name: string) => (UUID.test(params.get(name) ?? '') ? params.get(name) : null);
  const [nodeId, code, name] = [params.get('node'), params.get('code'), params.get('cause')];
  const cause = nodeId !== null && code !== null && name !== null ? { nodeId, code, name, nodeLabel: params.get('label') ?? nodeId } : null;
  const assigned = params.get('assigned');
  return {
    view: params.get('view') === 'list' || cause !== null ? 'list' : 'causes',
    state: params.get('state') === 'resolved' ? 'resolved' : 'open',
    retailerId: uuid('retailer'),
    flowId: uuid('flow'),
    class: FAILURE_CLASSES.find((known) => known === params.get('class')) ?? null,
    assigned: assigned === 'me' || assigned === 'nobody' ? assigned : null,
    search: (params.get('q') ?? '').trim().slice(0, 200),
    cause,
  };
}

/** The address of a view of the desk. */
export function filtersHref(filters: ExceptionFilters, open: string | null = null): string {
  const params = new URLSearchParams();
  if (filters.view === 'list') params.set('view', 'list');
  if (filters.state !== 'open') params.set('state', filters.state);
  if (filters.retailerId !== null) params.set('retailer', filters.retailerId);
  if (filters.flowId !== null) params.set('flow', filters.flowId);
  if (filters.class !== null) params.set('class', filters.class);
  if (filters.assigned !== null) params.set('assigned', filters.assigned);
  if (filters.search !== '') params.set('q', filters.search);
  if (filters.cause !== null) {
    params.set('node', filters.cause.nodeId);
    params.set('code', filters.cause.code);
    params.set('cause', filters.cause.name);
    params.set('label', filters.cause.nodeLabel);
  }
  if (open !== null) params.set('open', open);
  const query = params.toString();
  return query === '' ? '/exceptions' : `/exceptions?${query}`;
}

/** Anything that hides exceptions, apart from how they are shown. */
export function isFiltered(filters: ExceptionFilters): boolean {
  return filtersHref({ ...filters, view: 'causes', state: 'open' }) !== '/exceptions';
}

/** The filters as the API takes them. */
export function exceptionQuery(filters: ExceptionFilters) {
  return {
    state: filters.state,
    ...(filters.retailerId === null ? {} : { retailerId: filters.retailerId }),
    ...(filters.flowId === null ? {} : { flowId: filters.flowId }),
    ...(filters.class === null ? {} : { class: filters.class }),
    ...(filters.assigned === null ? {} : { assigned: filters.assigned }),
    ...(filters.search === '' ? {} : { search: filters.search }),
    ...(filters.cause === null ? {} : { nodeId: filters.cause.nodeId, code: filters.cause.code, cause: filters.cause.name }),
  };
}

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Json } from '../../flow/json.ts';
import { NODE_KINDS } from '../registry.ts';
import type { CallRequest, CallResult } from '../step.ts';
import { readPages } from '../testing/run-node.ts';
import { linkTarget } from './link-header.ts';
import { nextAddress } from './next-address.ts';
import { moveOn, standingAt, type Place } from './place.ts';

const ITEMS = Array.from({ length: 25 }, (_, id) => ({ id }));
const BASE = { connectionId: 'shop', url: '/products', recordsPath: 'items' };

function answer(body: Json, extra: Partial<Extract<CallResult, { ok: true }>> = {}): CallResult {
  return { ok: true, status: 200, headers: { 'content-type': 'application/json' }, bodyText: JSON.stringify(body), exchangeId: 'x', ...extra };
}

function param(request: CallRequest, name: string): number {
  return Number(request.query.find(([key]) => key === name)?.[1] ?? Number.NaN);
}

async function read(paging: object, call: (request: CallRequest) => CallResult, config: object = {}) {
  const seen: CallRequest[] = [];
  const pages = await readPages(NODE_KINDS['http-pages'], { job: 1 }, {
    config: { ...BASE, paging, ...config },
    call: (request) => {
      seen.push(request);
      return call(request);
    },
  });
  return { seen, ids: pages.flatMap(({ records }) => records.map((record) => Object(record).id)), failure: pages.at(-1)?.failure };
}

const ALL = ITEMS.map(({ id }) => id);
const pageOf = (from: number, size = 10): Json => ({ items: ITEMS.slice(from, from + size) });

describe('every style reads the whole list, once', () => {
  test('page numbers, until an empty page', async () => {
    const { ids, seen, failure } = await read({ style: 'page', pageParam: 'page', firstPage: 1, sizeParam: 'limit', size: 10 }, (request) => answer(pageOf((param(request, 'page') - 1) * 10)));
    expect([ids, failure]).toEqual([ALL, undefined]);
    expect(seen.map(({ recordKey, settle, query }) => [recordKey, settle, query])).toEqual(
      [1, 2, 3, 4].map((page) => [`0.p${page}`, false, [['page', String(page)], ['limit', '10']]]),
    );
  });

  test('page numbers, until a page that is not full', async () => {
    const { ids, seen } = await read({ style: 'page', pageParam: 'p', firstPage: 0, sizeParam: 'n', size: 10, ends: 'short' }, (request) => answer(pageOf(param(request, 'p') * 10)));
    expect([ids, seen.length]).toEqual([ALL, 3]);
  });

  test('offset, until a field says so; the offset goes by what came, not by what was asked for', async () => {
    const { ids, seen } = await read({ style: 'offset', offsetParam: 'skip', sizeParam: 'take', size: 100, ends: 'flag', morePath: 'more' }, (request) => {
      const from = param(request, 'skip');
      return answer({ items: ITEMS.slice(from, from + 7), more: from + 7 < ITEMS.length });
    });
    expect([ids, seen.map((request) => param(request, 'skip'))]).toEqual([ALL, [0, 7, 14, 21]]);
  });

  test('cursor in the body, even past an empty page', async () => {
    const { ids, seen } = await read({ style: 'cursor', cursorPath: 'meta.next', cursorParam: 'after' }, (request) => {
      const at = request.query.find(([name]) => name === 'after')?.[1];
      const from = at === undefined ? 0 : Number(at.slice(1));
      return answer({ items: from === 10 ? [] : ITEMS.slice(from, from + 10), meta: { next: from === 10 ? 'c11' : from < 20 ? `c${from + 10}` : null } });
    });
    expect(seen.map(({ query }) => query)).toEqual([[], [['after', 'c10']], [['after', 'c11']], [['after', 'c21']]]);
    expect(ids).toEqual([...ALL.slice(0, 10), ...ALL.slice(11, 21), ...ALL.slice(21)]);
  });

  test('Link header, below a connection whose address is known', async () => {
    const { ids, seen } = await read({ style: 'link' }, (request) => {
      const from = Number(new URL(request.url, 'https://shop.example').searchParams.get('from') ?? 0);
      const link = from < 20 ? `<https://shop.example/v1/products?from=${from + 10}>; rel="next", <https://shop.example/>; rel=first` : '';
      return answer(pageOf(from), { headers: { 'content-type': 'application/json', link }, url: 'https://shop.example/v1/products' });
    });
    expect(ids).toEqual(ALL);
    expect(seen.map(({ url }) => url)).toEqual(['/products', 'https://shop.example/v1/products?from=10', 'https://shop.example/v1/products?from=20']);
  });

  test('next address in the body, relative to the page that names it', async () => {
    const { ids, seen } = await read({ style: 'next-url', nextPath: 'links.next' }, (request) => {
      const from = Number(request.url.split('from=')[1] ?? 0);
      return answer({ items: ITEMS.slice(from, from + 10), links: from < 20 ? { next: `?from=${from + 10}` } : {} });
    });
    expect(ids).toEqual(ALL);
    expect(seen[1]?.url).toBe('/products?from=10');
  });

  test('no pages: one list, or one object', async () => {
    expect((await read({ style: 'none' }, () => answer({ items: ITEMS }))).ids).toEqual(ALL);
    expect((await read({ style: 'none' }, () => answer({ id: 9 }), { recordsPath: '' })).ids).toEqual([9]);
  });
});

describe('what goes wrong is said, and nothing is read twice', () => {
  test('a source that does not hear the page number', async () => {
    const { ids, failure } = await read({ style: 'page', pageParam: 'page' }, () => answer(pageOf(0)));
    expect(ids).toEqual(ALL.slice(0, 10));
    expect(failure).toMatchObject({ class: 'data', code: 'paging_in_circles' });
  });

  test('a cursor that comes back later', async () => {
    const next: Record<string, string> = { a: 'b', b: 'c', c: 'a' };
    const { seen, failure } = await read({ style: 'cursor', cursorPath: 'next', cursorParam: 'c' }, (request) => {
      const at = request.query[0]?.[1] ?? 'a';
      return answer({ items: [{ id: at }], next: next[at] ?? null });
    });
    expect(failure?.code).toBe('paging_in_circles');
    expect(seen.length).toBeLessThan(10);
  });

  test('more pages than allowed', async () => {
    const { failure } = await read({ style: 'offset', offsetParam: 'o', maxPages: 2 }, (request) => answer({ items: [{ id: param(request, 'o') }] }));
    expect(failure).toMatchObject({ code: 'too_many_pages', params: { max: 2 } });
  });

  test('no list where one should be', async () => {
    expect((await read({ style: 'link' }, () => answer({ other: [] }))).failure).toMatchObject({ code: 'records_not_list', params: { path: 'items' } });
  });

  test('a next page at another host', async () => {
    const { ids, failure } = await read({ style: 'next-url', nextPath: 'next' }, () =>
      answer({ items: ITEMS.slice(0, 3), next: 'https://evil.example/x' }, { url: 'https://shop.example/products' }),
    );
    expect([ids, failure?.code]).toEqual([[0, 1, 2], 'paging_other_host']);
  });

  test('a call that failed keeps its class', async () => {
    const { failure } = await read({ style: 'link' }, () => ({ ok: false, class: 'limited', code: 'http_429', message: '', status: 429, retryAfterMs: 5_000 }));
    expect(failure).toMatchObject({ class: 'limited', retryAfterMs: 5_000, params: { status: 429 } });
  });
});

test('any walk into a circle is noticed, and no walk without one is', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 1, max: 40 }), (tail, length) => {
      let place: Place = standingAt(0);
      let steps = 0;
      const next = (at: number): number => (at + 1 < tail + length ? at + 1 : tail);
      for (; place.fault === undefined && steps < 1_000; steps += 1) place = moveOn(place, next(Number(place.at)));
      expect(place.fault).toBe('paging_in_circles');
      let straight: Place = standingAt(0);
      for (let at = 1; at < 200; at += 1) straight = moveOn(straight, at);
      expect(straight.fault).toBeUndefined();
    }),
  );
});

test.each([
  ['<https://a/2>; rel="next"', 'https://a/2'],
  ['<https://a/1>; rel="prev", <https://a/3>; rel="next"; title="Page, three"', 'https://a/3'],
  ['<https://a/2>; title="a, b; rel=next"; rel="last next"', 'https://a/2'],
  ['</rel?x=1>; rel=next; rel=prev', '/rel?x=1'],
  ['<https://a/1>; rel="prev"; rel="next"', null],
  ['<https://a/1>', null],
  ['nonsense; rel=next', null],
  ['<broken; rel=next', null],
])('Link %s', (header, expected) => {
  expect(linkTarget(header, 'next')).toBe(expected);
});

test.each([
  ['?page=2', { requested: '/v1/items?page=1', answered: undefined }, '/v1/items?page=2'],
  ['/items?page=2', { requested: '/v1/items', answered: 'https://a.example/v1/items' }, 'https://a.example/items?page=2'],
  ['https://a.example/2', { requested: 'https://a.example/1', answered: undefined }, 'https://a.example/2'],
  ['//other.example/2', { requested: '/x', answered: undefined }, 'paging_other_host'],
  ['file:///etc/passwd', { requested: '/x', answered: 'https://a.example/x' }, 'paging_other_host'],
  ['https://b.example/2', { requested: 'https://a.example/1', answered: undefined }, 'paging_other_host'],
])('%s from %o', (next, from, expected) => {
  const found = nextAddress(next, from);
  expect(found.ok ? found.url : found.code).toBe(expected);
});

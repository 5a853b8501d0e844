import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FlowDocument } from '#engine/flow/document.ts';
import type { Json } from '#engine/flow/json.ts';
import { getPath, parsePath } from '#engine/flow/path.ts';
import { FlowBuilder } from '#engine/testing/flow-builder.ts';
import type { PortCall } from './ports.ts';
import { Attempts, ok, refused, type Answer } from './testing/attempts.ts';

const PAGES = { connectionId: null, url: 'https://far.example/list', recordsPath: 'items', paging: { style: 'page', pageParam: 'page', firstPage: 1, ends: 'flag', morePath: 'more' } };
const WRITE = { url: 'https://far.example/write', answer: { mode: 'keep' } };

function paged(more: (flow: FlowBuilder) => FlowBuilder): FlowDocument {
  const flow = new FlowBuilder().node('start', 'manual-trigger').node('list', 'http-pages', PAGES).edge('start', 'list');
  return more(flow).build();
}

const straight = paged((flow) => flow.node('send', 'http-request', WRITE).edge('list', 'send'));
const batched = paged((flow) => flow.node('batch', 'batch', { size: 4 }).node('send', 'http-request', WRITE).edge('list', 'batch').edge('batch', 'send'));

const numberOf = ({ request }: PortCall): number => Number(request.query.find(([name]) => name === 'page')?.[1] ?? 1);

/** A list of these many pages with three records each. */
function listOf(pages: number, otherwise: Answer = () => ok({})): Answer {
  return (call, time) => {
    if (call.writes) return otherwise(call, time);
    const number = numberOf(call);
    const special = otherwise(call, time);
    if (!special.ok) return special;
    return ok({ items: [0, 1, 2].map((at) => ({ id: `${number}-${at}` })), more: number < pages });
  };
}

const idsSent = ({ calls }: Attempts): Json[] => {
  const path = parsePath('id') ?? [];
  return calls.filter(({ writes }) => writes).flatMap(({ request }): Json[] => {
    const body: Json = JSON.parse(request.body ?? '{}');
    const list = getPath(body, parsePath('records') ?? []);
    return (Array.isArray(list) ? list : [body]).map((one) => getPath(one, path) ?? null);
  });
};

describe('pages', () => {
  test('every page goes through the steps behind the source; keys name page and place; sums are told over all pages', async () => {
    const run = new Attempts(straight, listOf(3));
    const outcome = await run.once();
    expect(outcome).toMatchObject({ state: 'succeeded', recordsIn: 9, recordsFailed: 0 });
    expect(run.writes).toEqual([1, 2, 3].flatMap((page) => [0, 1, 2].map((at) => `send 0.p${page}.${at}`)));
    const [send] = run.journal.steps.filter(({ nodeId }) => nodeId === 'send');
    expect(send).toMatchObject({ state: 'succeeded', recordsIn: 9, recordsOut: 9, outputs: { out: 9 }, pages: 3 });
    expect(run.journal.steps.find(({ nodeId }) => nodeId === 'list')).toMatchObject({ recordsIn: 1, recordsOut: 9, pages: 3 });
    // Of what came out, the first page is kept.
    expect(send?.payload).toContain('0.p1.2');
    expect(send?.payload).not.toContain('0.p2.');
    expect(run.journal.steps.find(({ nodeId }) => nodeId === 'start')?.pages).toBeUndefined();
  });

  test('one page is read ahead, not more, and a page is written down before anything of it is sent', async () => {
    const order: string[] = [];
    const run = new Attempts(straight, listOf(5, (call) => (order.push(call.writes ? `send ${call.request.recordKey}` : `read ${numberOf(call)}`), ok({}))));
    const turn = run.journal.turnPage.bind(run.journal);
    run.journal.turnPage = (page) => (order.push(`turn ${page.page}`), turn(page));
    await run.once();
    for (const page of [1, 2, 3]) {
      expect(order.indexOf(`turn ${page}`)).toBeLessThan(order.indexOf(`send 0.p${page}.0`));
      expect(order.indexOf(`read ${page + 1}`)).toBeLessThan(order.indexOf(`send 0.p${page}.2`));
      expect(order.indexOf(`read ${page + 2}`)).toBeGreaterThan(order.indexOf(`send 0.p${page}.2`));
    }
  });

  test('a page with something to try again is tried again as a whole before the next is turned to, and what was done stays done', async () => {
    const run = new Attempts(straight, listOf(3, (call, time) => (call.request.recordKey === '0.p2.1' && time < 3 ? refused(503) : ok({}))));
    expect(await run.once()).toMatchObject({ state: 'waiting', recordsFailed: 1, retry: { spendsAttempt: true, code: 'http_503' } });
    expect(run.journal.pageUnderWay).toMatchObject({ page: 2, number: 2, done: false, recordsIn: 3 });
    expect(await run.toTheEnd()).toMatchObject({ state: 'succeeded', recordsIn: 9 });
    expect(run.writes.filter((name) => name === 'send 0.p2.1')).toHaveLength(3);
    expect(new Set(run.writes).size).toBe(9);
    expect(run.writes).toHaveLength(11);
    expect(run.writes.indexOf('send 0.p3.0')).toBeGreaterThan(run.writes.lastIndexOf('send 0.p2.1'));
  });

  test('attempts are counted per page', async () => {
    // Four failures on each page: together more than the five attempts a run has.
    const run = new Attempts(straight, listOf(3, (call, time) => (call.request.recordKey.endsWith('.0') && time < 5 ? refused(503) : ok({}))));
    expect(await run.toTheEnd()).toMatchObject({ state: 'succeeded', recordsIn: 9, recordsFailed: 0 });
    expect(run.attempt).toBe(13);
  });

  test('reading a page has attempts of its own, and the page before is not worked on again for it', async () => {
    const run = new Attempts(straight, listOf(2, (call, time) => (numberOf(call) === 2 && time < 4 ? refused(503) : ok({}))));
    expect(await run.once()).toMatchObject({ state: 'waiting', retry: { spendsAttempt: true } });
    expect(run.journal.pageUnderWay).toMatchObject({ page: 1, done: true, body: '[]', recordsIn: 3 });
    expect(await run.toTheEnd()).toMatchObject({ state: 'succeeded', recordsIn: 6 });
    expect(run.writes).toHaveLength(6);
    expect(run.journal.steps.find(({ nodeId, attempt }) => nodeId === 'list' && attempt === run.attempt)).toMatchObject({ recordsIn: 1, recordsOut: 6 });
  });

  test('batches go on over the pages, and the last page empties what is left', async () => {
    const run = new Attempts(batched, listOf(3));
    expect(await run.once()).toMatchObject({ state: 'succeeded', recordsIn: 9 });
    expect(run.writes).toEqual(['send b0', 'send b1', 'send b2']);
    expect(idsSent(run)).toEqual(['1-0', '1-1', '1-2', '2-0', '2-1', '2-2', '3-0', '3-1', '3-2']);
  });

  test('a page nobody can read ends the reading with an exception; what was gathered before is not lost', async () => {
    const run = new Attempts(batched, listOf(3, (call) => (numberOf(call) === 2 ? refused(400) : ok({}))));
    expect(await run.toTheEnd()).toMatchObject({ state: 'failed', recordsIn: 3, recordsFailed: 1, failure: { code: 'http_400' } });
    expect(idsSent(run)).toEqual(['1-0', '1-1', '1-2']);
    expect([...run.journal.exceptions.keys()]).toEqual(['list 0']);
  });

  test('pages are read for each record that reaches the source', async () => {
    const doc = new FlowBuilder().node('start', 'manual-trigger').node('split', 'split', { path: 'shops' }).node('list', 'http-pages', { ...PAGES, url: 'https://far.example/{{shop}}' })
      .node('batch', 'batch', { size: 4 }).node('send', 'http-request', WRITE).edge('start', 'split').edge('split', 'list').edge('list', 'batch').edge('batch', 'send').build();
    const run = new Attempts(doc, listOf(2));
    expect(await run.once({ shops: [{ shop: 'a' }, { shop: 'b' }] })).toMatchObject({ state: 'succeeded', recordsIn: 12 });
    expect(run.journal.turns.map(({ recordKey, number, page, next }) => [recordKey, number, page, next !== null])).toEqual([['0.0', 1, 1, true], ['0.0', 2, 2, false], ['0.1', 1, 3, true], ['0.1', 2, 4, false]]);
    expect(run.writes).toEqual(['send b0', 'send b1', 'send b2']);
  });

  test('records from before the source come with the first page only, but with each one where a kind asks for it', async () => {
    const doc = paged((flow) => flow.node('join', 'join', { leftKey: 'kind', rightKey: 'kind', as: 'found', mode: 'left', matches: 'each' }).node('send', 'http-request', WRITE)
      .edge('list', 'join.left').edge('start', 'join.right').edge('join', 'send').edge('start', 'send'));
    const run = new Attempts(doc, (call) => (call.writes ? ok({}) : ok({ items: [{ kind: 'x', id: numberOf(call) }], more: numberOf(call) < 2 })));
    expect(await run.once({ kind: 'x', note: 'outside' })).toMatchObject({ state: 'succeeded' });
    const bodies = run.calls.filter(({ writes }) => writes).map(({ request }): Json => JSON.parse(request.body ?? ''));
    expect(bodies).toHaveLength(3);
    const found = { kind: 'x', note: 'outside' };
    expect(bodies).toEqual(expect.arrayContaining([found, { kind: 'x', id: 1, found }, { kind: 'x', id: 2, found }]));
  });

  test('a test run reads three pages', async () => {
    const run = new Attempts(straight, listOf(50), { test: true });
    expect(await run.once()).toMatchObject({ state: 'succeeded', recordsIn: 9 });
    expect(run.calls.filter(({ writes }) => !writes)).toHaveLength(3);
  });

  test('a checkpoint moves with the page after the one that set it, never before that is done', async () => {
    const poll = { connectionId: null, url: 'https://far.example/list', query: [], recordsPath: 'items', paging: PAGES.paging, checkpoint: { path: 'at', initial: '', overlapSeconds: 0 }, keyPath: 'id' };
    const doc = new FlowBuilder().node('start', 'poll-trigger', poll).node('send', 'http-request', WRITE).edge('start', 'send').build();
    const run = new Attempts(doc, (call, time) => {
      if (!call.writes) return ok({ items: [{ id: numberOf(call), at: `2026-11-0${numberOf(call)}T00:00:00Z` }], more: numberOf(call) < 3 });
      return call.request.recordKey === '0.p2.0' && time === 1 ? refused(503) : ok({});
    });
    expect(await run.once()).toMatchObject({ state: 'waiting' });
    const before = JSON.stringify([...run.world.state.checkpoints.values()]);
    expect(before).not.toContain('2026-11-02');
    expect(await run.toTheEnd()).toMatchObject({ state: 'succeeded', recordsIn: 3 });
    expect(JSON.stringify([...run.world.state.checkpoints.values()])).toContain('2026-11-03');
  });

  test('two paged sources behind one trigger cannot keep step: the run does not begin', async () => {
    const doc = paged((flow) => flow.node('list2', 'http-pages', PAGES).edge('list', 'list2'));
    expect(await new Attempts(doc, listOf(1)).once()).toMatchObject({ state: 'failed', failure: { code: 'two_paged_sources' } });
  });
});

test('any list under any failures: all records arrive once, in batches that are full but for the last, in the order of the list', async () => {
  const failing = fc.array(fc.tuple(fc.nat(8), fc.nat(3)), { maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(5), { minLength: 1, maxLength: 6 }), fc.integer({ min: 1, max: 6 }), failing, async (sizes, size, failures) => {
      // By cursor: a page may be empty without being the last.
      const doc = new FlowBuilder().node('start', 'manual-trigger').node('list', 'http-pages', { ...PAGES, paging: { style: 'cursor', cursorPath: 'next', cursorParam: 'page' } })
        .node('batch', 'batch', { size }).node('send', 'http-request', WRITE).edge('start', 'list').edge('list', 'batch').edge('batch', 'send').build();
      const times = new Map(failures);
      const run = new Attempts(doc, (call, time) => {
        const number = call.writes ? Number(call.request.recordKey.slice(1)) : numberOf(call);
        if (time <= (times.get(number) ?? 0)) return refused(call.writes ? 503 : 429);
        if (call.writes) return ok({});
        return ok({ items: Array.from({ length: sizes[number - 1] ?? 0 }, (_, at) => ({ id: `${number}-${at}` })), next: number < sizes.length ? String(number + 1) : null });
      });
      const total = sizes.reduce((sum, one) => sum + one, 0);
      expect(await run.toTheEnd()).toMatchObject({ state: 'succeeded', recordsIn: total, recordsFailed: 0 });
      // Batches of one page are sent side by side; their keys say in which order they were made.
      const effects = [...run.journal.effects.values()].filter(({ status }) => status === 'done').toSorted((a, b) => Number(a.recordKey.slice(1)) - Number(b.recordKey.slice(1)));
      const settled = effects.map(({ request }): { records: { id: string }[] } => JSON.parse(request.body ?? ''));
      expect(settled.flatMap(({ records }) => records.map(({ id }) => id))).toEqual(sizes.flatMap((count, page) => Array.from({ length: count }, (_, at) => `${page + 1}-${at}`)));
      expect(settled.slice(0, -1).every(({ records }) => records.length === size)).toBe(true);
    }),
    { numRuns: 200 },
  );
});

import { describe, expect, test } from 'vitest';
import { FlowBuilder } from '#engine/testing/flow-builder.ts';
import { Attempts, ok, refused, type Answer } from './testing/attempts.ts';

const WRITE = { url: 'https://far.example/write', answer: { mode: 'keep' } };
const ORDER = { id: 7, lines: [{ n: 0 }, { n: 1 }, { n: 2 }] };

/** split → try → reserve → charge; what fails goes to `undo` and on to `after`. */
function saga(): FlowBuilder {
  return new FlowBuilder()
    .node('start', 'manual-trigger').node('split', 'split', { path: 'lines' }).node('try', 'try')
    .node('reserve', 'http-request', { ...WRITE, answer: { mode: 'replace' } }).node('charge', 'http-request', WRITE)
    .node('undo', 'compensate', { of: 'reserve', connectionId: null, method: 'DELETE', url: 'https://far.example/reserved/{{answer.ticket}}', query: [], headers: [] })
    .node('after', 'http-request', WRITE)
    .edge('start', 'split').edge('split', 'try').edge('try.body', 'reserve').edge('reserve', 'charge').edge('try.failed', 'undo').edge('undo', 'after');
}

const answers = (charge: Answer): Answer => (call, time) => {
  if (call.nodeId === 'reserve') return ok({ ticket: `T${call.request.recordKey}` });
  return call.nodeId === 'charge' ? charge(call, time) : ok({});
};

describe('try', () => {
  test('what fails for good comes out at the failed side, as it entered, with what was done for it', async () => {
    const run = new Attempts(saga().build(), answers(({ request }) => (request.recordKey === '0.1' ? refused(422) : ok({}))));
    expect(await run.toTheEnd(ORDER)).toMatchObject({ state: 'succeeded', recordsFailed: 0, failure: null });
    expect(run.journal.exceptions.size).toBe(0);
    expect(run.journal.steps.find(({ nodeId }) => nodeId === 'charge')).toMatchObject({ state: 'failed', recordsFailed: 1 });
    const undone = run.calls.find(({ nodeId }) => nodeId === 'undo');
    expect(undone?.request).toMatchObject({ method: 'DELETE', url: 'https://far.example/reserved/T0.1', recordKey: '0.1!' });
    const after = run.calls.filter(({ nodeId }) => nodeId === 'after');
    expect(after.map(({ request }): unknown => JSON.parse(request.body ?? ''))).toEqual([
      { record: { n: 1 }, failure: { node: 'charge', code: 'http_422', class: 'data', message: 'says 422' }, done: [{ nodeId: 'reserve', answer: { ticket: 'T0.1' } }] },
    ]);
  });

  test('the failed side waits until everything in the region is settled, and has attempts of its own', async () => {
    const run = new Attempts(saga().build(), (call, time) => {
      if (call.nodeId === 'undo' && time < 4) return refused(503);
      return answers(({ request }) => (request.recordKey === '0.1' ? refused(422) : request.recordKey === '0.2' ? refused(503) : ok({})))(call, time);
    });
    const outcome = await run.toTheEnd(ORDER);
    expect(outcome).toMatchObject({ state: 'succeeded', recordsFailed: 0 });
    // Five attempts for the charge that stays down, then up to five for each undo.
    expect(run.writes.filter((name) => name === 'charge 0.2')).toHaveLength(5);
    expect(run.writes.filter((name) => name === 'charge 0.1')).toHaveLength(1);
    expect(run.writes.indexOf('undo 0.1!')).toBeGreaterThan(run.writes.lastIndexOf('charge 0.2'));
    expect(run.writes.filter((name) => name === 'undo 0.2!')).toHaveLength(4);
    expect(run.attempt).toBe(8);
  });

  test('what cannot be undone is for a person', async () => {
    const run = new Attempts(saga().build(), (call, time) => (call.nodeId === 'undo' ? refused(503) : answers(() => refused(422))(call, time)));
    expect(await run.toTheEnd(ORDER)).toMatchObject({ state: 'failed', recordsFailed: 3, failure: { code: 'http_503' } });
    expect([...run.journal.exceptions.keys()].toSorted()).toEqual(['undo 0.0!', 'undo 0.1!', 'undo 0.2!']);
    expect(run.attempt).toBe(5);
  });

  test('a record that fails in two steps comes out once, by the first of them', async () => {
    const doc = saga().node('notify', 'http-request', WRITE).edge('reserve', 'notify').build();
    const run = new Attempts(doc, (call, time) => (call.nodeId === 'notify' ? refused(400) : answers(() => refused(422))(call, time)));
    expect(await run.toTheEnd(ORDER)).toMatchObject({ state: 'succeeded' });
    expect(run.writes.filter((name) => name.startsWith('undo')).toSorted()).toEqual(['undo 0.0!', 'undo 0.1!', 'undo 0.2!']);
    const codes = run.calls.filter(({ nodeId }) => nodeId === 'after').map(({ request }): string => JSON.parse(request.body ?? '').failure.node);
    expect(new Set(codes).size).toBe(1);
  });

  test('an inner try catches first; what its failed side cannot do, the outer one catches', async () => {
    const doc = new FlowBuilder()
      .node('start', 'manual-trigger').node('outer', 'try').node('inner', 'try').node('a', 'http-request', WRITE).node('b', 'http-request', WRITE).node('c', 'http-request', WRITE)
      .edge('start', 'outer').edge('outer.body', 'inner').edge('inner.body', 'a').edge('inner.failed', 'b').edge('outer.failed', 'c').build();
    const run = new Attempts(doc, ({ nodeId }) => (nodeId === 'c' ? ok({}) : refused(422)));
    expect(await run.toTheEnd({ id: 1 })).toMatchObject({ state: 'succeeded' });
    expect(run.writes).toEqual(['a 0', 'b 0!', 'c 0!!']);
  });

  test('a try whose failed side leads nowhere catches nothing', async () => {
    const doc = new FlowBuilder().node('start', 'manual-trigger').node('try', 'try').node('a', 'http-request', WRITE).edge('start', 'try').edge('try.body', 'a').build();
    const run = new Attempts(doc, () => refused(422));
    expect(await run.toTheEnd({ id: 1 })).toMatchObject({ state: 'failed', recordsFailed: 1 });
    expect([...run.journal.exceptions.keys()]).toEqual(['a 0']);
  });

  test('around a paged source: each page has its own failures, and a page nobody can read comes out too', async () => {
    const pages = { connectionId: null, url: 'https://far.example/list', recordsPath: 'items', paging: { style: 'page', pageParam: 'page', firstPage: 1, ends: 'flag', morePath: 'more' } };
    const doc = new FlowBuilder()
      .node('start', 'manual-trigger').node('try', 'try').node('list', 'http-pages', pages).node('send', 'http-request', WRITE).node('tell', 'http-request', WRITE)
      .edge('start', 'try').edge('try.body', 'list').edge('list', 'send').edge('try.failed', 'tell').build();
    const run = new Attempts(doc, ({ nodeId, request }) => {
      const page = request.query[0]?.[1] ?? '';
      if (nodeId === 'list') return page === '3' ? refused(400) : ok({ items: [{ page, n: 0 }, { page, n: 1 }], more: true });
      return nodeId === 'send' && request.recordKey.endsWith('.1') ? refused(422) : ok({});
    });
    expect(await run.toTheEnd({ id: 1 })).toMatchObject({ state: 'succeeded', recordsIn: 4, recordsFailed: 0 });
    expect(run.writes.filter((name) => name.startsWith('tell'))).toEqual(['tell 0.p1.1!', 'tell 0.p2.1!', 'tell 0!']);
    expect(run.journal.exceptions.size).toBe(0);
  });
});

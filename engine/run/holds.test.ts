import { describe, expect, test } from 'vitest';
import { FlowBuilder } from '#engine/testing/flow-builder.ts';
import { Attempts, ok, refused, withPolicy } from './testing/attempts.ts';

const WRITE = { url: 'https://far.example/write', answer: { mode: 'keep' } };
const begin = (): FlowBuilder => new FlowBuilder().node('start', 'manual-trigger');
const LINES = { lines: [{ id: 'a' }, { id: 'b' }, { id: 'c' }] };

describe('held records', () => {
  test('a wait holds no attempt and no worker: the run comes back when the first record is due', async () => {
    const run = new Attempts(begin().node('wait', 'wait', { mode: 'for', seconds: 60 }).node('send', 'http-request', WRITE).edge('start', 'wait').edge('wait', 'send').build());
    expect(await run.once()).toMatchObject({ state: 'waiting', recordsFailed: 0, failure: null, retry: { at: 60_000, spendsAttempt: false, code: 'wait', ref: 'wait' } });
    run.world.clock = 59_999;
    // Woken too early it goes on waiting for the same moment.
    expect(await run.once()).toMatchObject({ state: 'waiting', retry: { at: 60_000 } });
    run.world.clock = 60_000;
    expect(await run.once()).toMatchObject({ state: 'succeeded' });
    expect([run.attempt, run.writes]).toEqual([1, ['send 0']]);
  });

  test('an approval goes on by what the person said; others of the run do not wait for it, what gathers them does', async () => {
    const doc = begin().node('split', 'split', { path: 'lines' }).node('ask', 'approval', { title: 'May it?', timeoutHours: 1 }).node('send', 'http-request', WRITE)
      .node('batch', 'batch', { size: 10 }).node('all', 'http-request', WRITE).edge('start', 'split').edge('split', 'ask').edge('ask.approved', 'send').edge('ask.approved', 'batch').edge('batch', 'all').build();
    const run = new Attempts(doc);
    expect(await run.once(LINES)).toMatchObject({ state: 'waiting', retry: { code: 'approval', at: 3_600_000 } });
    const decide = (key: string, state: 'approved' | 'rejected'): void => {
      const asked = run.world.state.approvals.get(`run-1 ask ${key}`);
      if (asked) asked.answer = { state, by: 'someone', note: '', at: 0 };
    };
    decide('0.0', 'approved');
    expect(await run.once(LINES)).toMatchObject({ state: 'waiting' });
    expect(run.writes).toEqual(['send 0.0']);
    decide('0.1', 'rejected');
    decide('0.2', 'approved');
    expect(await run.once(LINES)).toMatchObject({ state: 'succeeded' });
    expect(run.writes.toSorted()).toEqual(['all b0', 'send 0.0', 'send 0.2']);
  });

  test('later events pass only when everything that waits lets them', async () => {
    const debounce = begin().node('last', 'debounce', { keyPaths: ['id'], seconds: 30 }).edge('start', 'last');
    expect(await new Attempts(debounce.build()).once({ id: 'a' })).toMatchObject({ retry: { at: 30_000, code: 'coalesce', letsOthersPass: true } });
    const both = debounce.node('wait', 'wait', { mode: 'for', seconds: 90 }).edge('start', 'wait');
    expect(await new Attempts(both.build()).once({ id: 'a' })).toMatchObject({ retry: { at: 30_000, letsOthersPass: false } });
  });

  test('beside a failure the earlier of both counts, but nobody is asked before the time he named', async () => {
    const doc = begin().node('wait', 'wait', { mode: 'for', seconds: 5 }).node('send', 'http-request', WRITE).edge('start', 'wait').edge('start', 'send').build();
    expect(await new Attempts(doc, () => refused(429, 30_000)).once()).toMatchObject({ retry: { at: 30_125, code: 'http_429', spendsAttempt: false } });
    expect(await new Attempts(doc, () => refused(503)).once()).toMatchObject({ retry: { at: 2_500, code: 'http_503', spendsAttempt: true } });
  });

  test('a page that holds a record is worked on until it lets go', async () => {
    const pages = { connectionId: null, url: 'https://far.example/list', recordsPath: 'items', paging: { style: 'page', pageParam: 'page', firstPage: 1, ends: 'flag', morePath: 'more' } };
    const doc = begin().node('list', 'http-pages', pages).node('wait', 'wait', { mode: 'for', seconds: 10 }).node('send', 'http-request', WRITE).edge('start', 'list').edge('list', 'wait').edge('wait', 'send').build();
    const run = new Attempts(doc, ({ writes, request }) => (writes ? ok({}) : ok({ items: [{ id: request.query[0]?.[1] ?? '' }], more: request.query[0]?.[1] === '1' })));
    expect(await run.toTheEnd()).toMatchObject({ state: 'succeeded', recordsIn: 2 });
    expect([run.world.clock, run.attempt, run.writes]).toEqual([20_000, 1, ['send 0.p1.0', 'send 0.p2.0']]);
  });
});

describe('policy of a node', () => {
  const doc = begin().node('split', 'split', { path: 'lines' }).node('send', 'http-request', WRITE).node('next', 'http-request', WRITE).edge('start', 'split').edge('split', 'send').edge('send', 'next').build();

  test('what is to be ignored goes on unchanged, and is not asked for again', async () => {
    const run = new Attempts(withPolicy(doc, 'send', { failures: [{ match: '404', class: 'ignore' }] }), ({ nodeId, request }, time) => {
      if (nodeId === 'send') return request.recordKey === '0.1' && time === 1 ? refused(404) : ok({});
      return request.recordKey === '0.0' && time === 1 ? refused(503) : ok({});
    });
    expect(await run.toTheEnd(LINES)).toMatchObject({ state: 'succeeded', recordsFailed: 0 });
    expect(run.writes.toSorted()).toEqual(['next 0.0', 'next 0.0', 'next 0.1', 'next 0.2', 'send 0.0', 'send 0.1', 'send 0.2']);
    expect(run.journal.steps.find(({ nodeId }) => nodeId === 'send')).toMatchObject({ recordsIn: 3, recordsOut: 3, recordsFailed: 0 });
  });

  test('a refusal may be tried again, and an outage handed to a person at once', async () => {
    const later = new Attempts(withPolicy(doc, 'send', { failures: [{ match: '4xx', class: 'transient' }] }), ({ nodeId }, time) => (nodeId === 'send' && time === 1 ? refused(404) : ok({})));
    expect(await later.toTheEnd(LINES)).toMatchObject({ state: 'succeeded' });
    const never = new Attempts(withPolicy(doc, 'send', { failures: [{ match: 'http_503', class: 'data' }] }), () => refused(503));
    expect(await never.toTheEnd(LINES)).toMatchObject({ state: 'failed', recordsFailed: 3, failure: { class: 'data', code: 'http_503' } });
    expect(never.writes).toHaveLength(3);
  });

  test('attempts of a node: what was given up is not asked for again while others still are', async () => {
    const run = new Attempts(withPolicy(doc, 'send', { failures: [], maxAttempts: 1 }), ({ nodeId, request }, time) => {
      if (nodeId === 'send' && request.recordKey === '0.1') return refused(503);
      return nodeId === 'next' && time < 4 ? refused(503) : ok({});
    });
    expect(await run.toTheEnd(LINES)).toMatchObject({ state: 'failed', recordsFailed: 1, failure: { code: 'http_503' } });
    expect(run.writes.filter((name) => name.startsWith('send'))).toHaveLength(3);
    expect([...run.journal.exceptions.keys()]).toEqual(['send 0.1']);
  });

  test('more attempts than the flow has', async () => {
    const run = new Attempts(withPolicy(doc, 'send', { failures: [], maxAttempts: 8 }), ({ nodeId }, time) => (nodeId === 'send' && time < 8 ? refused(503) : ok({})));
    expect(await run.toTheEnd(LINES)).toMatchObject({ state: 'succeeded' });
    expect(run.attempt).toBe(8);
  });
});

test('an attempt a person asks for begins with all attempts anew', async () => {
  const doc = begin().node('send', 'http-request', WRITE).edge('start', 'send').build();
  let down = false;
  const run = new Attempts(doc, () => (down ? refused(503) : refused(422)));
  expect(await run.once()).toMatchObject({ state: 'failed' });
  // What was refused is asked for again, as the host does it.
  run.journal.effects.clear();
  down = true;
  run.attempt = 2;
  expect(await run.once({}, { byHand: true })).toMatchObject({ state: 'waiting' });
  expect(await run.toTheEnd()).toMatchObject({ state: 'failed', failure: { code: 'http_503' } });
  expect([run.attempt, run.writes.length]).toEqual([6, 6]);
});

import { expect, test } from 'vitest';
import type { Entry } from './entry.ts';
import { LaneQueue } from './lane-queue.ts';

const BODY = { environment: 'production', nodeId: 'hook', trigger: 'webhook' as const, test: false, text: '{}', data: undefined };
const entry = (seq: number, orderingKey: string | null = null, more: Partial<Entry> = {}): Entry => ({
  seq, orderingKey, eventId: `e${seq}`, receivedAt: seq, runId: null, attempt: 1, dueAt: 0, waitingCode: null, waitingRef: null, letsPass: false, body: BODY, ...more,
});

function drain(queue: LaneQueue): number[] {
  const seen: number[] = [];
  for (let next = queue.next(); next; next = queue.next()) seen.push(next.seq);
  return seen;
}

test('what comes again goes before what is fresh, in the order of seq', () => {
  const queue = new LaneQueue();
  const [one, two, three] = [entry(1), entry(2), entry(3)];
  for (const each of [one, two, three]) queue.add(each, 1);
  for (const each of [queue.next(), queue.next()]) if (each) queue.later(each, { dueAt: 10, attempt: 2, runId: 'r', waitingCode: 'rate_budget', waitingRef: 'c' });
  expect(queue.trafficWaits).toBe(2);
  expect(queue.wake(5)).toBe(10);
  queue.wake(10);
  one.body = two.body = BODY;
  expect([queue.trafficWaits, ...drain(queue)]).toEqual([0, 1, 2, 3]);
});

test('a key waits behind its first entry; the others go on', () => {
  const queue = new LaneQueue();
  for (const each of [entry(1, 'a'), entry(2, 'a'), entry(3, 'b')]) queue.add(each, 1);
  const first = queue.next();
  expect([first?.seq, queue.next()?.seq, queue.next()]).toEqual([1, 3, null]);
  if (first) queue.later(first, { dueAt: Date.now() + 60_000, attempt: 2, runId: 'r', waitingCode: 'http_500' });
  expect(queue.next()).toBeNull();
  queue.hasten((each) => each.seq === 1, () => 0);
  if (first) first.body = BODY;
  const again = queue.next();
  if (again) queue.done(again);
  expect(queue.next()?.seq).toBe(2);
});

test('an entry that lets others pass gives its key away while it waits, and comes back in front', () => {
  const queue = new LaneQueue();
  for (const each of [entry(1, 'a'), entry(2, 'a'), entry(3, 'a')]) queue.add(each, 1);
  const first = queue.next();
  if (first) queue.later(first, { dueAt: Date.now() + 60_000, attempt: 1, runId: 'r', waitingCode: 'coalesce', letsPass: true });
  const second = queue.next();
  expect([second?.seq, queue.next()]).toEqual([2, null]);
  queue.hasten((each) => each.seq === 1, () => 0);
  if (first) first.body = BODY;
  expect(queue.next()).toBeNull();
  if (second) queue.done(second);
  expect([queue.next()?.seq, queue.next()]).toEqual([1, null]);
  // Loaded from the database while it waits, it does not take the key either.
  const loaded = new LaneQueue();
  loaded.add(entry(1, 'a', { letsPass: true, waitingCode: 'coalesce', dueAt: Date.now() + 60_000 }), Date.now());
  loaded.add(entry(2, 'a'), Date.now());
  expect(loaded.next()?.seq).toBe(2);
});

test('who is woken while he is still being written down as waiting does not wait', () => {
  const queue = new LaneQueue();
  queue.add(entry(1), 1);
  const first = queue.next();
  queue.woken(1);
  if (first) queue.later(first, { dueAt: Date.now() + 60_000, attempt: 1, runId: 'r', waitingCode: 'approval' });
  queue.wake(Date.now());
  expect(queue.ready).toBe(1);
});

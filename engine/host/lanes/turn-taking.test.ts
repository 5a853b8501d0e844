import { expect, test } from 'vitest';
import { uuidv7 } from 'uuidv7';
import { HeldLane } from './held-lane.ts';
import { TurnTaking } from './turn-taking.ts';

function lane(retailerId: string, flowId: string, number = 0): HeldLane {
  return new HeldLane({ retailerId, flowId, lane: number, partnerId: uuidv7(), epoch: 1, nextSeq: 1, lost: false, validUntil: 0 });
}

/** Starts per retailer or flow over so many turns in which everybody always has work. */
function starts(turns: TurnTaking, count: number, of: { by(one: HeldLane): string; rank?(one: HeldLane): number }): Record<string, number> {
  const { by, rank = () => 0 } = of;
  const counted: Record<string, number> = {};
  for (let turn = 0; turn < count; turn += 1) {
    turns.begin();
    const next = turns.next();
    if (!next) break;
    turns.charge(next, rank(next));
    counted[by(next)] = (counted[by(next)] ?? 0) + 1;
  }
  return counted;
}

test('retailers take turns, however many flows and lanes one of them has', () => {
  const turns = new TurnTaking();
  for (let number = 0; number < 40; number += 1) turns.add(lane('big', `flow-${number % 5}`, number));
  turns.add(lane('small', 'only'));
  expect(starts(turns, 1_000, { by: (one) => one.lease.retailerId })).toEqual({ big: 500, small: 500 });
});

test('who comes back has saved up nothing', () => {
  const turns = new TurnTaking();
  turns.add(lane('busy', 'a'));
  starts(turns, 1_000, { by: () => '' });
  turns.add(lane('late', 'b'));
  expect(starts(turns, 100, { by: (one) => one.lease.retailerId })).toEqual({ late: 50, busy: 50 });
});

test('priorities share by weight, and what is alone takes all', () => {
  const turns = new TurnTaking();
  const backfill = lane('r', 'backfill');
  const orders = lane('r', 'orders');
  turns.add(backfill);
  turns.add(orders);
  const both = starts(turns, 1_700, { by: (one) => one.lease.flowId, rank: (one) => (one === backfill ? 4 : 0) });
  expect(both['orders']).toBeGreaterThanOrEqual(1_590);
  expect(both['backfill']).toBeGreaterThanOrEqual(98);
  turns.remove(orders);
  expect(starts(turns, 10, { by: (one) => one.lease.flowId })).toEqual({ backfill: 10 });
});

test('a flow that is closed for a round is passed over', () => {
  const turns = new TurnTaking();
  turns.add(lane('r', 'a'));
  turns.add(lane('r', 'b'));
  turns.begin();
  turns.close('a');
  expect(turns.next()?.lease.flowId).toBe('b');
  turns.close('b');
  expect(turns.next()).toBeNull();
});

import { expect, test } from 'vitest';
import { Account, type Need, type Turn } from './account.ts';
import type { Shares } from './shares.ts';
import type { Limit, Tokens } from './tokens.ts';

/** Permits at hand, counted here instead of in Postgres. */
function countedShares(): Shares & { free: number } {
  return {
    free: 0,
    take() {
      if (this.free === 0) return false;
      this.free -= 1;
      return true;
    },
    give() {
      this.free += 1;
    },
    stop: () => Promise.resolve(),
  };
}

const limit: Limit = {
  spec: { account: 'a', part: 1, partnerId: '', retailerId: '', style: 'bucket', capacity: 10, rate: 10, windowMs: 0 },
  tokens: 0, validUntil: 0, spent: 0, short: 0, nextAt: Number.POSITIVE_INFINITY, askedAt: 0, usedAt: 0, heard: null,
};
const noTokens: Tokens = { limit: () => limit, spend: (charges) => charges.length === 0, hear: () => undefined, stop: () => Promise.resolve() };
const CAPPED: Need = { charges: [], caps: [{ key: 'k', cap: 2 }] };

test('who waits goes by priority, and by age among equals', async () => {
  const shares = countedShares();
  const account = new Account('a', { tokens: noTokens, shares });
  account.callMs = 1;
  const gone: string[] = [];
  const wait = (name: string, rank: number, age: number) => {
    const turn = account.enter(CAPPED, { rank, age });
    expect(turn).toBeInstanceOf(Promise);
    return Promise.resolve(turn).then((it: Turn) => void gone.push(`${name} ${it === 'go' ? 'went' : 'late'}`));
  };
  const waiting = [wait('catalogue', 3, 1), wait('young order', 0, 9), wait('old order', 0, 5), wait('stock', 2, 2)];
  shares.free = 3;
  account.serve();
  await Promise.all(waiting.slice(1));
  expect(gone).toEqual(['old order went', 'young order went', 'stock went']);
  account.leave(CAPPED, 1);
  await waiting[0];
  expect(gone.at(-1)).toBe('catalogue went');
});

test('who would wait too long is sent away at once, to come back one after the other, the urgent first', () => {
  const account = new Account('a', { tokens: noTokens, shares: countedShares() });
  limit.nextAt = performance.now() + 2_000;
  const need: Need = { charges: [{ limit, cost: 1 }], caps: [] };
  const late = (rank: number): number => {
    const turn = account.enter(need, { rank, age: 0 });
    if (turn instanceof Promise || turn === 'go') throw new Error('It should have been sent away.');
    expect(turn.code).toBe('rate_budget');
    return Math.round(turn.late / 100);
  };
  // Ten a second from two seconds on.
  expect([late(0), late(0), late(0)]).toEqual([21, 22, 23]);
  expect(late(4)).toBe(24);
  expect(late(0)).toBe(24);
  expect(late(4)).toBe(25);
});

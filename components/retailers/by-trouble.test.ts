import { expect, it } from 'vitest';
import { byTrouble, needsAttention } from './by-trouble.ts';

const calm = { name: 'Calm', openExceptions: 0, failed24h: 0, runs24h: 900, liveCount: 3 };
const idle = { name: 'Idle', openExceptions: 0, failed24h: 0, runs24h: 0, liveCount: 0 };
const failing = { name: 'Failing', openExceptions: 0, failed24h: 7, runs24h: 40, liveCount: 1 };
const waiting = { name: 'Waiting', openExceptions: 2, failed24h: 1, runs24h: 5, liveCount: 1 };

it('puts trouble first and quiet last', () => {
  expect([idle, calm, failing, waiting].sort(byTrouble).map((retailer) => retailer.name)).toEqual(['Waiting', 'Failing', 'Calm', 'Idle']);
});

it('says who needs attention', () => {
  expect([calm, idle, failing, waiting].map(needsAttention)).toEqual([false, false, true, true]);
});

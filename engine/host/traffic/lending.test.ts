import { setTimeout as wait } from 'node:timers/promises';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { uuidv7 } from 'uuidv7';
import { testDatabase } from '#engine/testing/database.ts';
import { overBucket } from '#engine/testing/traffic-world.ts';
import { openDatabase, type Database } from '../database.ts';
import { createShares } from './shares.ts';
import { createTokens, type LimitSpec } from './tokens.ts';

const log = pino({ level: 'silent' });
let target: Awaited<ReturnType<typeof testDatabase>>;
const databases: Database[] = [];

beforeAll(async () => {
  target = await testDatabase();
  for (let at = 0; at < 3; at += 1) databases.push(openDatabase(target.engineUrl));
});

afterAll(async () => {
  await Promise.all(databases.map((database) => database.close()));
  await target?.drop();
});

/** Works as fast as permits come: takes one, keeps it for a moment, gives it back. */
async function worker(until: number, tools: { take(): boolean; give(): void; work(): Promise<void>; woken(): Promise<void> }): Promise<void> {
  while (performance.now() < until) {
    if (!tools.take()) {
      await Promise.race([tools.woken(), wait(20)]);
      continue;
    }
    await tools.work();
    tools.give();
  }
}

test.each([1, 2, 5, 8])('three processes never use more than %i permits together, and all of them get some', async (cap) => {
  const key = `flow:${uuidv7()}`;
  let now = 0;
  let most = 0;
  const used = [0, 0, 0];
  const processes = databases.map((database, at) => {
    let woken = Promise.withResolvers<void>();
    const shares = createShares({
      sql: database.sql, log, owner: `p${at}-${cap}`,
      more() {
        woken.resolve();
        woken = Promise.withResolvers();
      },
    });
    const until = performance.now() + 2_500;
    const work = async (): Promise<void> => {
      now += 1;
      most = Math.max(most, now);
      used[at] = (used[at] ?? 0) + 1;
      await wait(5);
      now -= 1;
    };
    const one = () => worker(until, { take: () => shares.take(key, cap), give: () => shares.give(key), work, woken: () => woken.promise });
    return { shares, done: Promise.all(Array.from({ length: 8 }, one)) };
  });
  await Promise.all(processes.map((one) => one.done));
  await Promise.all(processes.map((one) => one.shares.stop()));
  expect(most).toBe(cap);
  for (const count of used) expect(count).toBeGreaterThan(0);
  for (const { sql } of databases) expect(await sql`select 1 from permit_share where key = ${key}`).toHaveLength(0);
});

test('a process that is gone leaves its permits when its time is up, and not before', async () => {
  const [one, other] = databases;
  if (!one || !other) throw new Error('no database');
  const key = `flow:${uuidv7()}`;
  const ask = (database: Database, owner: string, wants: number) => database.sql<{ granted: number }[]>`
    select granted from weft_share(${owner}, ${[key]}::text[], ${[4]}::int[], ${[0]}::int[], ${[wants]}::int[], 0.5)`;
  expect((await ask(one, 'gone', 4))[0]?.granted).toBe(4);
  expect((await ask(other, 'heir', 4))[0]?.granted).toBe(0);
  await wait(600);
  expect((await ask(other, 'heir', 4))[0]?.granted).toBe(4);
});

test('three processes together spend no more than the bucket gives', async () => {
  const spec: LimitSpec = { account: uuidv7(), part: 1, partnerId: uuidv7(), retailerId: uuidv7(), style: 'bucket', capacity: 10, rate: 100, windowMs: 0 };
  const spent: number[] = [];
  const from = performance.now();
  const until = from + 3_000;
  const processes = databases.map((database, at) => {
    let woken = Promise.withResolvers<void>();
    const tokens = createTokens({
      sql: database.sql, log, owner: `t${at}`,
      more() {
        woken.resolve();
        woken = Promise.withResolvers();
      },
    });
    const limit = tokens.limit(spec);
    const work = async (): Promise<void> => void spent.push(performance.now());
    const one = () => worker(until, { take: () => tokens.spend([{ limit, cost: 1 }]), give: () => undefined, work, woken: () => woken.promise });
    return { tokens, done: Promise.all(Array.from({ length: 4 }, one)) };
  });
  await Promise.all(processes.map((one) => one.done));
  await Promise.all(processes.map((one) => one.tokens.stop()));
  // A token is lent at one moment and spent a little later, how much later is for the machine to say: over the whole time it adds up.
  const given = spec.capacity + (spec.rate * ((spent.at(-1) ?? from) - from)) / 1000;
  process.stdout.write(`bucket: ${JSON.stringify({ spent: spent.length, given: Math.round(given), over: overBucket(spent, { capacity: spec.capacity, perSecond: spec.rate }) })}\n`);
  expect(spent.length).toBeLessThanOrEqual(given);
  expect(spent.length).toBeGreaterThan(spec.capacity);
}, 20_000);

test('a window gives its calls once, and again when the vendor says that it has begun anew', async () => {
  const [database] = databases;
  if (!database) throw new Error('no database');
  const account = uuidv7();
  const ask = async (wants: number, heard: { available: number | null; resetMs: number | null } = { available: null, resetMs: null }) => {
    const [row] = await database.sql<{ tokens: number; next_ms: number }[]>`
      select tokens, next_ms from weft_take_tokens('w', ${[uuidv7()]}::uuid[], ${[uuidv7()]}::uuid[], ${[account]}::text[], ${[1]}::int[], ${['window']}::text[], ${[50]}::float8[],
        ${[50 / 60]}::float8[], ${[60_000]}::float8[], ${[0]}::float8[], ${[wants]}::float8[], ${[heard.available]}::float8[], ${[heard.resetMs]}::float8[], 1000)`;
    return row;
  };
  expect((await ask(30))?.tokens).toBe(30);
  const more = await ask(80);
  expect(more?.tokens).toBe(50);
  expect(more?.next_ms).toBeGreaterThan(55_000);
  // The vendor's window ends sooner than ours.
  expect((await ask(0, { available: 0, resetMs: 100 }))?.tokens).toBe(0);
  await wait(150);
  expect((await ask(20))?.tokens).toBe(20);
});

import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { uuidv7 } from 'uuidv7';
import { testDatabase } from '#engine/testing/database.ts';
import { LiveSeed } from '#engine/testing/seed-live-flow.ts';
import { generateSealingKey } from '#engine/vault/seal.ts';
import { openDatabase, type Database } from '../database.ts';
import { createJournalWriter } from '../journal/journal-writer.ts';
import type { RunWrite } from '../journal/run-write.ts';
import { acquireLanes, releaseLane, renewLanes, type Lease } from './lease.ts';

let target: Awaited<ReturnType<typeof testDatabase>>;
let database: Database;
let seed: LiveSeed;

beforeAll(async () => {
  target = await testDatabase();
  database = openDatabase(target.engineUrl);
  seed = new LiveSeed(target.ownerUrl, (await generateSealingKey()).publicKey);
});

afterAll(async () => {
  await database?.close();
  await seed?.close();
  await target?.drop();
});

async function lanes(count: number) {
  const flowId = uuidv7();
  const [partnerId, retailerId] = [uuidv7(), uuidv7()];
  for (let lane = 0; lane < count; lane += 1) {
    await seed.sql`insert into lane (flow_id, number, partner_id, retailer_id, next_seq) values (${flowId}, ${lane}, ${partnerId}, ${retailerId}, 2)`;
    await seed.sql`insert into lane_entry (flow_id, lane, seq, partner_id, retailer_id, event_id, received_at, due_at)
      values (${flowId}, ${lane}, 1, ${partnerId}, ${retailerId}, ${uuidv7()}, now(), now())`;
  }
  return Array.from({ length: count }, (_, lane) => ({ flowId, lane }));
}

function write(lease: Lease): RunWrite {
  return {
    lease,
    head: {
      runId: uuidv7(), partnerId: lease.partnerId, retailerId: lease.retailerId, flowId: lease.flowId, environment: 'production', versionId: uuidv7(), versionNumber: 1, eventId: uuidv7(),
      receivedAt: Date.now(), nodeId: 'hook', trigger: 'webhook', startedAt: Date.now(), businessKeys: ['1001', 'ö"{}\n'], attempt: 1, seq: 1,
    },
    state: 'succeeded', finishedAt: Date.now(), recordsIn: 1, recordsFailed: 0, failure: null, nextAttemptAt: null, waitingCode: null, pages: 0, kept: null, steps: [], exchanges: [], effects: [], exceptions: [], resolved: [],
    entry: { type: 'done' },
  };
}

const rowsOf = async (id: { flowId: string }) => ({
  runs: (await seed.sql`select business_keys from run where flow_id = ${id.flowId}`).map((row) => row.business_keys),
  entries: (await seed.sql`select 1 from lane_entry where flow_id = ${id.flowId}`).length,
});

test('any number of takers at once: each lane goes to one', async () => {
  const wanted = await lanes(16);
  const taken = await Promise.all(['a', 'b', 'c', 'd'].map((owner) => acquireLanes(database.sql, owner, wanted)));
  expect(taken.flat()).toHaveLength(16);
  expect(new Set(taken.flat().map((lease) => lease.lane)).size).toBe(16);
});

test('what a process writes under a lease that was taken over is dropped, and it learns so', async () => {
  const [id] = await lanes(1);
  if (!id) throw new Error('no lane');
  const [old] = await acquireLanes(database.sql, 'sleeper', [id]);
  await seed.sql`update lane set lease_until = now() - interval '1 second' where flow_id = ${id.flowId}`;
  const [current] = await acquireLanes(database.sql, 'successor', [id]);
  if (!old || !current) throw new Error('no lease');
  expect(current.epoch).toBe(old.epoch + 1);

  const writer = createJournalWriter(database.journal, { log: pino({ level: 'silent' }), written: () => undefined });
  await writer.add(write(old), true);
  expect(old.lost).toBe(true);
  expect(await rowsOf(id)).toEqual({ runs: [], entries: 1 });

  await writer.add(write(current), true);
  expect(current.lost).toBe(false);
  expect(await rowsOf(id)).toEqual({ runs: [['1001', 'ö"{}\n']], entries: 0 });
  await writer.close();

  const other = { ...old, lost: false };
  await renewLanes(database.sql, [other, current]);
  expect([other.lost, current.lost]).toEqual([true, false]);
});

test('a lane is given back only when its holder has seen every event', async () => {
  const [id] = await lanes(1);
  if (!id) throw new Error('no lane');
  const [lease] = await acquireLanes(database.sql, 'holder', [id]);
  if (!lease) throw new Error('no lease');
  await seed.sql`update lane set next_seq = next_seq + 1 where flow_id = ${id.flowId}`;
  expect(await releaseLane(database.sql, lease, 2)).toBe(false);
  expect(await releaseLane(database.sql, lease, 3)).toBe(true);
  expect(await acquireLanes(database.sql, 'next', [id])).toHaveLength(1);
});

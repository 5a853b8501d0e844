import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import postgres from 'postgres';
import { uuidv7 } from 'uuidv7';
import { laneOf } from '#engine/flow/ordering.ts';
import { testDatabase } from '#engine/testing/database.ts';

let database: Awaited<ReturnType<typeof testDatabase>>;
let sql: postgres.Sql;

beforeAll(async () => {
  database = await testDatabase();
  sql = postgres(database.ownerUrl, { max: 1, onnotice: () => undefined, connection: { 'weft.maintenance': 'on' } });
});

afterAll(async () => {
  await sql?.end();
  await database?.drop();
});

test('events that wait in one of 64 lanes move to one of eight, every key in its order', async () => {
  const [flowId, partnerId, retailerId] = [uuidv7(), uuidv7(), uuidv7()];
  const keys = Array.from({ length: 40 }, (_, at) => `#${1000 + at} ${at % 3 === 0 ? 'Größe €' : at % 3 === 1 ? '🛒' : ''}`);
  const seqs = new Map<number, number>();
  for (let round = 0; round < 3; round += 1) {
    for (const key of keys) {
      const lane = laneOf(key, 64);
      const seq = (seqs.get(lane) ?? 0) + 1;
      seqs.set(lane, seq);
      await sql`insert into lane_entry (flow_id, lane, seq, partner_id, retailer_id, event_id, received_at, ordering_key, due_at, attempt)
        values (${flowId}, ${lane}, ${seq}, ${partnerId}, ${retailerId}, ${uuidv7()}, now(), ${key}, now(), ${round + 1})`;
    }
  }
  for (const [number, seq] of seqs) {
    await sql`insert into lane (flow_id, number, partner_id, retailer_id, next_seq, lease_owner, lease_until) values (${flowId}, ${number}, ${partnerId}, ${retailerId}, ${seq + 1}, 'x', now())`;
  }
  const text = await readFile(new URL('0009_traffic.sql', import.meta.url), 'utf8');
  await sql.begin((tx) => tx.unsafe(text.slice(text.indexOf('-- From here on every flow has eight lanes'))));

  const entries = await sql<{ lane: number; seq: string; ordering_key: string; attempt: number }[]>`select lane, seq, ordering_key, attempt from lane_entry where flow_id = ${flowId} order by lane, seq`;
  expect(entries).toHaveLength(120);
  const seen = new Map<string, number[]>();
  for (const entry of entries) {
    expect(entry.lane).toBe(laneOf(entry.ordering_key, 8));
    seen.set(entry.ordering_key, [...(seen.get(entry.ordering_key) ?? []), entry.attempt]);
  }
  expect(new Set([...seen.values()].map(String))).toEqual(new Set(['1,2,3']));
  const behind = await sql`select 1 from lane l where l.flow_id = ${flowId} and l.next_seq <= (select max(e.seq) from lane_entry e where e.flow_id = l.flow_id and e.lane = l.number)`;
  expect(behind).toHaveLength(0);
});

import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testDatabase } from '#engine/testing/database.ts';
import { acceptEvents } from '../testing/accept-events.ts';
import { addTenant, connectAll, eventOf, scoped, type TestTenant } from '../testing/seeded-tenants.ts';

let database: Awaited<ReturnType<typeof testDatabase>>;
let pools: ReturnType<typeof connectAll>;
let tenant: TestTenant;

beforeAll(async () => {
  database = await testDatabase();
  pools = connectAll(database);
  tenant = await addTenant(pools.owner);
});
afterAll(async () => {
  await pools?.end();
  await database?.drop();
});

test('takes events in with their digits, in the order of the batch', async () => {
  const flowId = uuidv7();
  const events = ['a', 'b', 'c'].map((key) => eventOf(tenant, { flowId, orderingKey: key }));
  const answers = await acceptEvents(pools.engine, events);
  expect(answers.map((answer) => answer.outcome === 'accepted' && [answer.eventId, answer.seq, answer.ring])).toEqual([
    [events[0]?.id, 1, true],
    [events[1]?.id, 2, false],
    [events[2]?.id, 3, false],
  ]);
  const rows = await pools.engine`
    SELECT i.body, i.seq, e.ordering_key, e.attempt, e.run_id FROM lane_entry e
    JOIN inbox i ON i.received_at = e.received_at AND i.id = e.event_id WHERE e.flow_id = ${flowId} ORDER BY e.seq`;
  expect(rows.map((row) => [row['body'], row['seq'], row['ordering_key'], row['attempt'], row['run_id']])).toEqual(
    ['a', 'b', 'c'].map((key, index) => ['{"id":820982911946154508}', index + 1, key, 1, null]),
  );
  // The time it answers finds the row again: no digit of it is lost on the way through JavaScript.
  const [found] = await pools.engine`SELECT id FROM inbox WHERE received_at = ${answers[0]?.receivedAt ?? new Date()} AND id = ${events[0]?.id ?? ''}`;
  expect(found?.['id']).toBe(events[0]?.id);
});

test('keeps awkward text as it is', async () => {
  const body = '{"a":"\\u0000","b":"\\"}{,NULL","c":"\u{1F600}ä\t\\\\"}';
  const [answer] = await acceptEvents(pools.engine, [eventOf(tenant, { body, headers: 'NULL', orderingKey: '' })]);
  const [row] = await pools.engine`SELECT body, headers, ordering_key FROM inbox WHERE id = ${answer?.eventId ?? ''}`;
  expect(row).toMatchObject({ body, headers: 'NULL', ordering_key: '' });
});

test('fifty deliveries with one id at once make one event', async () => {
  const flowId = uuidv7();
  const events = Array.from({ length: 50 }, () => eventOf(tenant, { flowId, deliveryId: 'd1' }));
  const answers = (await Promise.all(events.map((event) => acceptEvents(pools.engine, [event])))).flat();
  const accepted = answers.filter(({ outcome }) => outcome === 'accepted');
  expect(accepted).toHaveLength(1);
  expect(new Set(answers.map(({ eventId }) => eventId))).toEqual(new Set([accepted[0]?.eventId]));
  expect(new Set(answers.map(({ receivedAt }) => receivedAt.getTime())).size).toBe(1);
  const [count] = await pools.engine`SELECT (SELECT count(*) FROM inbox WHERE flow_id = ${flowId}) AS inbox, (SELECT count(*) FROM lane_entry WHERE flow_id = ${flowId}) AS entries`;
  expect(count).toEqual({ inbox: 1, entries: 1 });
});

test('duplicates inside one batch, and a batch that is sent again as a whole, make no second event', async () => {
  const flowId = uuidv7();
  const batch = ['x', 'y', 'x', null, 'y'].map((deliveryId, lane) => eventOf(tenant, { flowId, deliveryId, lane: lane % 2 }));
  const first = await acceptEvents(pools.engine, batch);
  expect(first.map(({ outcome }) => outcome)).toEqual(['accepted', 'accepted', 'duplicate', 'accepted', 'duplicate']);
  expect(first[2]?.eventId).toBe(batch[0]?.id);
  const again = await acceptEvents(pools.engine, batch.filter(({ deliveryId }) => deliveryId !== null));
  expect(again.map(({ outcome, eventId }) => [outcome, eventId])).toEqual([batch[0], batch[1], batch[0], batch[1]].map((event) => ['duplicate', event?.id]));
});

test('under eight writers a lane has no gap at any moment, and keys and lanes in any order do not deadlock', async () => {
  const flowId = uuidv7();
  let writing = true;
  const gaps: unknown[] = [];
  const watch = (async () => {
    while (writing) {
      gaps.push(...(await pools.owner`SELECT lane, count(*), max(seq) FROM lane_entry WHERE flow_id = ${flowId} GROUP BY lane HAVING count(*) <> max(seq)`));
    }
  })();
  const write = async (writer: number) => {
    for (let round = 0; round < 25; round++) {
      const size = 1 + ((writer * 7 + round * 3) % 12);
      // Half of the delivery ids are shared by all writers, in opposite orders.
      const events = Array.from({ length: size }, (_, index) => {
        const place = writer % 2 === 0 ? index : size - index;
        return eventOf(tenant, { flowId, lane: place % 3, deliveryId: place % 2 === 0 ? `shared-${round}-${place}` : uuidv7() });
      });
      await acceptEvents(pools.engine, events);
    }
  };
  await Promise.all(Array.from({ length: 8 }, (_, writer) => write(writer)));
  writing = false;
  await watch;
  expect(gaps).toEqual([]);
  const lanes = await pools.owner`
    SELECT l.number, l.next_seq - 1 AS last, (SELECT count(*) FROM lane_entry e WHERE e.flow_id = l.flow_id AND e.lane = l.number) AS entries,
      (SELECT count(DISTINCT e.seq) FROM inbox e WHERE e.flow_id = l.flow_id AND e.lane = l.number) AS seqs FROM lane l WHERE flow_id = ${flowId}`;
  expect(lanes).toHaveLength(3);
  for (const lane of lanes) expect([lane['entries'], lane['seqs']]).toEqual([lane['last'], lane['last']]);
});

test('rings a lane once, and again after its bell was taken', async () => {
  const flowId = uuidv7();
  const rings = async () => (await acceptEvents(pools.engine, [eventOf(tenant, { flowId }), eventOf(tenant, { flowId })])).map((answer) => answer.outcome === 'accepted' && answer.ring);
  expect(await rings()).toEqual([true, false]);
  expect(await rings()).toEqual([false, false]);
  await pools.engine`UPDATE lane SET rung = false WHERE flow_id = ${flowId}`;
  expect(await rings()).toEqual([true, false]);
});

test('ingest does not wait for a journal write, a takeover waits for both', async () => {
  const flowId = uuidv7();
  await acceptEvents(pools.engine, [eventOf(tenant, { flowId })]);
  await pools.engine.begin(async (journal) => {
    await journal`SELECT FROM lane WHERE flow_id = ${flowId} AND lease_epoch = 0 FOR KEY SHARE`;
    const [answer] = await acceptEvents(pools.engine, [eventOf(tenant, { flowId })]);
    expect(answer?.outcome).toBe('accepted');
    await expect(
      pools.engine.begin(async (taker) => {
        await taker`SET LOCAL lock_timeout = '100ms'`;
        await taker`SELECT FROM lane WHERE flow_id = ${flowId} FOR UPDATE`;
      }),
    ).rejects.toMatchObject({ code: '55P03' });
  });
});

test('a failed run is put back once, at the end of its lane', async () => {
  const [retailer] = tenant.retailers;
  if (!retailer) throw new Error('no retailer');
  const event = eventOf(tenant, { lane: 3, orderingKey: 'k' });
  const [answer] = await acceptEvents(pools.engine, [event]);
  await pools.engine`DELETE FROM lane_entry WHERE event_id = ${event.id}`;
  await pools.engine`UPDATE lane SET rung = false WHERE flow_id = ${event.flowId}`;
  const runId = uuidv7();
  await pools.engine`INSERT INTO run (id, partner_id, retailer_id, flow_id, version_id, version_number, event_id, event_received_at, node_id, trigger, state, attempt, started_at, finished_at)
    VALUES (${runId}, ${event.partnerId}, ${event.retailerId}, ${event.flowId}, ${retailer.versionId}, 1, ${event.id}, ${answer?.receivedAt ?? new Date()}, 'n1', 'webhook', 'failed', 2, now(), now())`;
  const retry = () => scoped(pools.web, { partnerId: event.partnerId, retailerId: '*' }, (tx) => tx`SELECT * FROM weft_reenqueue(${runId})`);
  const answers = (await Promise.all([retry(), retry()])).flat();
  expect(answers).toEqual([{ flow_id: event.flowId, retailer_id: event.retailerId, lane: 3, seq: 2, attempt: 3, ring: true }]);
  const entries = await pools.engine`SELECT run_id, attempt, ordering_key, seq FROM lane_entry WHERE event_id = ${event.id}`;
  expect(entries).toEqual([{ run_id: runId, attempt: 3, ordering_key: 'k', seq: 2 }]);
  const other = await addTenant(pools.owner);
  await pools.engine`UPDATE run SET state = 'failed' WHERE id = ${runId}`;
  expect(await scoped(pools.web, { partnerId: other.partnerId, retailerId: '*' }, (tx) => tx`SELECT * FROM weft_reenqueue(${runId})`)).toEqual([]);
});

test('events of a day without a partition are kept, and move to it when it is made', async () => {
  await pools.owner`DO $$ DECLARE child text := 'inbox_' || to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY_MM_DD');
    BEGIN EXECUTE format('ALTER TABLE inbox DETACH PARTITION %I', child); EXECUTE format('DROP TABLE %I', child); END $$`;
  const [answer] = await acceptEvents(pools.engine, [eventOf(tenant)]);
  const partition = async () => (await pools.owner`SELECT tableoid::regclass::text AS name FROM inbox WHERE id = ${answer?.eventId ?? ''}`)[0]?.['name'];
  expect(await partition()).toBe('inbox_default');
  const made = await Promise.all([1, 2].map(() => pools.engine`SELECT weft_ensure_partitions(9) AS days`));
  // Days 8 and 9 are new, and today's; whoever comes second finds them.
  const [least, most] = made.map(([row]) => Number(row?.['days'])).toSorted((one, other) => one - other);
  expect(least).toBe(0);
  expect(most).toBeGreaterThanOrEqual(3);
  expect(await partition()).toMatch(/^inbox_\d{4}_\d\d_\d\d$/);
});

import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testDatabase } from '#engine/testing/database.ts';
import { addTenant, connectAll, scoped, type TestTenant } from '../testing/seeded-tenants.ts';

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

test('a published version can be neither changed nor removed, not even by the owner', async () => {
  const id = tenant.retailers[0]?.versionId ?? '';
  await expect(pools.owner`UPDATE flow_version SET note = 'x' WHERE id = ${id}`).rejects.toThrow('immutable');
  await expect(pools.owner`DELETE FROM flow_version WHERE id = ${id}`).rejects.toThrow('immutable');
  await expect(pools.owner`TRUNCATE flow_version CASCADE`).rejects.toThrow('not allowed');
  await expect(scoped(pools.web, { partnerId: tenant.partnerId, retailerId: '*' }, (tx) => tx`UPDATE flow_version SET note = 'x'`)).rejects.toMatchObject({ code: '42501' });
  // It goes with its flow.
  const other = await addTenant(pools.owner);
  const flowId = other.retailers[0]?.flowId ?? '';
  await pools.owner`DELETE FROM flow WHERE id = ${flowId}`;
  expect(await pools.owner`SELECT id FROM flow_version WHERE flow_id = ${flowId}`).toEqual([]);
});

test('a flow cannot be pointed at another flow’s version', async () => {
  const [first, second] = tenant.retailers;
  await expect(
    pools.owner`INSERT INTO live_version (partner_id, retailer_id, flow_id, version_id)
      VALUES (${tenant.partnerId}, ${first?.retailerId ?? ''}, ${first?.flowId ?? ''}, ${second?.versionId ?? ''})`,
  ).rejects.toMatchObject({ code: '23503' });
});

test('audit rows form a chain per partner, under concurrent writers, whatever the writer claims', async () => {
  const other = await addTenant(pools.owner);
  const write = (partnerId: string, n: number) =>
    scoped(pools.web, { partnerId, retailerId: '*' }, (tx) => tx`
      INSERT INTO audit (partner_id, id, seq, at, actor, action, subject, detail, prev_hash, hash)
      VALUES (${partnerId}, ${uuidv7()}, 99, '2001-01-01', 'user:1', 'flow.publish', ${`flow:${n}`}, ${JSON.stringify({ n })}::jsonb, 'forged', 'forged'),
        (${partnerId}, ${uuidv7()}, 99, '2001-01-01', 'user:1', 'flow.rename', ${`flow:${n}`}, '{}', '', '')`);
  await Promise.all(Array.from({ length: 12 }, (_, n) => write(n % 2 === 0 ? tenant.partnerId : other.partnerId, n)));
  for (const { partnerId } of [tenant, other]) {
    const rows = await pools.owner`SELECT seq, prev_hash, hash, at > now() - interval '1 minute' AS fresh FROM audit WHERE partner_id = ${partnerId} ORDER BY seq`;
    expect(rows.map((row) => row['seq'])).toEqual(Array.from({ length: 12 }, (_, index) => index + 1));
    expect(rows.every((row, index) => row['fresh'] && row['prev_hash'] === (rows[index - 1]?.['hash'] ?? ''))).toBe(true);
    const verify = await scoped(pools.web, { partnerId, retailerId: '*' }, (tx) => tx`SELECT weft_audit_verify(${partnerId}) AS broken`);
    expect(verify).toEqual([{ broken: null }]);
  }
});

test('audit rows are insert-only, and a change behind the database’s back is found', async () => {
  const { partnerId } = tenant;
  await expect(pools.owner`UPDATE audit SET actor = 'x'`).rejects.toThrow('not allowed');
  await expect(pools.owner`DELETE FROM audit`).rejects.toThrow('not allowed');
  await expect(pools.owner`TRUNCATE audit`).rejects.toThrow('not allowed');
  await pools.owner.begin(async (tx) => {
    await tx`ALTER TABLE audit DISABLE TRIGGER keep_rows`;
    await tx`UPDATE audit SET actor = 'user:2' WHERE partner_id = ${partnerId} AND seq = 3`;
    await tx`ALTER TABLE audit ENABLE TRIGGER keep_rows`;
  });
  expect(await pools.owner`SELECT weft_audit_verify(${partnerId}) AS broken`).toEqual([{ broken: 3 }]);
});

test('configuration changes are told, drafts are not', async () => {
  const told: string[] = [];
  const { unlisten } = await pools.owner.listen('weft_config', (payload) => told.push(payload));
  const [first] = tenant.retailers;
  if (!first) throw new Error('no retailer');
  const { retailerId, flowId, versionId } = first;
  const connectionId = uuidv7();
  await scoped(pools.web, { partnerId: tenant.partnerId, retailerId: '*' }, async (tx) => {
    await tx`INSERT INTO flow_draft (partner_id, retailer_id, flow_id, doc) VALUES (${tenant.partnerId}, ${retailerId}, ${flowId}, '{}')`;
    await tx`INSERT INTO live_version (partner_id, retailer_id, flow_id, version_id) VALUES (${tenant.partnerId}, ${retailerId}, ${flowId}, ${versionId})`;
    await tx`INSERT INTO endpoint (key, partner_id, retailer_id, flow_id, node_id) VALUES ('k', ${tenant.partnerId}, ${retailerId}, ${flowId}, 'n')`;
    await tx`INSERT INTO connection (partner_id, retailer_id, id, name, base_url) VALUES (${tenant.partnerId}, ${retailerId}, ${connectionId}, 'c', 'https://x.example')`;
    await tx`INSERT INTO credential (partner_id, retailer_id, id, connection_id, field, version, key_id, sealed)
      VALUES (${tenant.partnerId}, ${retailerId}, ${uuidv7()}, ${connectionId}, 'secret', 1, 'k', 's')`;
    await tx`DELETE FROM endpoint WHERE key = 'k'`;
  });
  await pools.owner.notify('weft_config', 'end');
  await expect.poll(() => told).toContain('end');
  await unlisten();
  expect(told.slice(0, -1).map((text): unknown => JSON.parse(text))).toEqual([
    { table: 'live_version', id: flowId },
    { table: 'endpoint', id: flowId },
    { table: 'connection', id: connectionId },
    { table: 'credential', id: connectionId },
  ]);
});

test('business keys of runs can be searched, also those that come later', async () => {
  const [first] = tenant.retailers;
  if (!first) throw new Error('no retailer');
  const runId = uuidv7();
  await pools.engine`INSERT INTO run (id, partner_id, retailer_id, flow_id, version_id, version_number, event_id, event_received_at, node_id, trigger, state, started_at, business_keys)
    VALUES (${runId}, ${tenant.partnerId}, ${first.retailerId}, ${first.flowId}, ${first.versionId}, 1, ${uuidv7()}, now(), 'n', 'webhook', 'running', now(), ${['#1044', 'a@x.example']})`;
  await pools.engine`UPDATE run SET state = 'succeeded', business_keys = ${['#1044', 'SO-7']} WHERE id = ${runId}`;
  const found = (key: string, scope: TestTenant) =>
    scoped(pools.web, { partnerId: scope.partnerId, retailerId: '*' }, (tx) => tx`SELECT run_id FROM run_key WHERE key >= ${key} AND key < ${`${key}~`}`);
  for (const key of ['#10', 'a@x.example', 'SO-7']) expect(await found(key, tenant)).toEqual([{ run_id: runId }]);
  expect(await found('#10', await addTenant(pools.owner))).toEqual([]);
});

import postgres from 'postgres';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testDatabase } from '#engine/testing/database.ts';
import { acceptEvents } from '../testing/accept-events.ts';
import { addTenant, connectAll, eventOf, scoped, type TestTenant } from '../testing/seeded-tenants.ts';

let database: Awaited<ReturnType<typeof testDatabase>>;
let pools: ReturnType<typeof connectAll>;
let ours: TestTenant;
let theirs: TestTenant;

beforeAll(async () => {
  database = await testDatabase();
  pools = connectAll(database);
  ours = await addTenant(pools.owner);
  theirs = await addTenant(pools.owner);
  await acceptEvents(pools.engine, [eventOf(ours), eventOf(theirs)]);
});
afterAll(async () => {
  await pools?.end();
  await database?.drop();
});

describe('catalogue', () => {
  test('every table that knows a tenant, and every identity table, has row security forced', async () => {
    const open = await pools.owner`
      SELECT c.relname FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
        AND NOT (c.relrowsecurity AND c.relforcerowsecurity)`;
    // These belong to the installation, not to a tenant.
    expect(open.map((row) => row['relname']).sort()).toEqual(['engine_worker', 'permit_share', 'private_network', 'retention', 'sealing_key', 'weft_migration']);
  });

  test('a role has a policy exactly where it has a privilege', async () => {
    const wrong = await pools.owner`
      SELECT c.relname, r.rolname FROM pg_class c CROSS JOIN pg_roles r
      WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND c.relrowsecurity
        AND r.rolname IN ('weft_web', 'weft_auth', 'weft_engine')
        AND (has_table_privilege(r.oid, c.oid, 'SELECT, INSERT, UPDATE, DELETE') OR has_any_column_privilege(r.oid, c.oid, 'SELECT, INSERT, UPDATE'))
          <> EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND r.oid = ANY (p.polroles))`;
    expect(wrong).toEqual([]);
  });

  test('no policy but the engine’s and sign-in’s is open to all, and none is for PUBLIC', async () => {
    const open = await pools.owner`
      SELECT tablename, policyname, roles::text FROM pg_policies
      WHERE schemaname = 'public' AND ('public' = ANY (roles) OR (roles && '{weft_web}' AND (qual = 'true' OR with_check = 'true')))`;
    expect(open).toEqual([]);
  });

  test('the engine is shut out of people and brands, sign-in out of everything else', async () => {
    const may = async (role: string) =>
      (await pools.owner`SELECT c.relname FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
        AND (has_table_privilege(${role}, c.oid, 'SELECT, INSERT, UPDATE, DELETE') OR has_any_column_privilege(${role}, c.oid, 'SELECT')) ORDER BY 1`).map((row) => row['relname']);
    const engine = await may('weft_engine');
    for (const table of ['user', 'session', 'account', 'verification', 'rate_limit', 'membership', 'brand', 'domain', 'api_key', 'flow_draft', 'audit']) {
      expect(engine).not.toContain(table);
    }
    expect(await may('weft_auth')).toEqual(['account', 'api_key', 'brand', 'domain', 'membership', 'partner', 'rate_limit', 'session', 'user', 'verification']);
    const web = await may('weft_web');
    for (const table of ['session', 'account', 'verification', 'rate_limit', 'private_network']) expect(web).not.toContain(table);
  });

  test('the roles are neither superusers nor owners, and bypass nothing', async () => {
    const roles = await pools.owner`SELECT rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb AS mighty,
      EXISTS (SELECT FROM pg_class c WHERE c.relowner = r.oid) AS owns FROM pg_roles r WHERE rolname IN ('weft_web', 'weft_auth', 'weft_engine')`;
    expect(roles).toEqual(Array.from({ length: 3 }, () => ({ mighty: false, owns: false })));
  });
});

describe('web', () => {
  const all = ['partner', 'brand', 'retailer', 'flow', 'flow_version', 'inbox', 'inbox_key', 'lane', 'lane_entry', 'run', 'audit', 'connection', 'membership'];

  test.each(all)('without a scope, %s gives an error or nothing', async (table) => {
    const outcome = await pools.web`SELECT * FROM ${pools.web(table)}`.then(
      (rows) => `${rows.length} rows`,
      (error: unknown) => (error instanceof postgres.PostgresError ? error.code : error),
    );
    // 42704: the setting is unknown; 22P02: it is '' and no uuid. A table that happens to be empty is not asked.
    expect(['0 rows', '42704', '22P02']).toContain(outcome);
  });

  test('an empty scope left over from an earlier transaction is an error too', async () => {
    const connection = await pools.web.reserve();
    try {
      await connection`SELECT set_config('weft.partner_id', '', false), set_config('weft.retailer_id', '', false)`;
      await expect(connection`SELECT * FROM flow`).rejects.toMatchObject({ code: '22P02' });
      await connection`SELECT set_config('weft.partner_id', ${ours.partnerId}, false)`;
      await expect(connection`SELECT * FROM flow`).rejects.toMatchObject({ code: '22P02' });
      await connection`RESET ALL`;
    } finally {
      connection.release();
    }
  });

  test('sees its partner and no other', async () => {
    for (const table of ['retailer', 'flow', 'flow_version', 'inbox', 'lane', 'lane_entry']) {
      const rows = await scoped(pools.web, { partnerId: ours.partnerId, retailerId: '*' }, (tx) => tx`SELECT DISTINCT partner_id FROM ${tx(table)}`);
      expect([table, rows.map((row) => row['partner_id'])]).toEqual([table, [ours.partnerId]]);
    }
  });

  test('one retailer sees itself only, and the brand', async () => {
    const [, second] = ours.retailers;
    const scope = { partnerId: ours.partnerId, retailerId: second?.retailerId ?? '' };
    const seen = await scoped(pools.web, scope, async (tx) => ({
      retailers: await tx`SELECT id FROM retailer`,
      flows: await tx`SELECT id FROM flow`,
      inbox: await tx`SELECT id FROM inbox`,
      brands: await tx`SELECT name FROM brand`,
      audit: await tx`SELECT id FROM audit`,
      keys: await tx`SELECT id FROM api_key`,
    }));
    expect(seen).toEqual({ retailers: [{ id: second?.retailerId }], flows: [{ id: second?.flowId }], inbox: [], brands: [{ name: 'P' }], audit: [], keys: [] });
    await expect(scoped(pools.web, scope, (tx) => tx`UPDATE retailer SET name = 'x' RETURNING id`)).resolves.toEqual([]);
    await expect(
      scoped(pools.web, scope, (tx) => tx`INSERT INTO membership (partner_id, id, user_id, role) VALUES (${ours.partnerId}, ${uuidv7()}, ${uuidv7()}, 'partner_admin')`),
    ).rejects.toMatchObject({ code: '42501' });
  });

  test('cannot write into another tenant, by its own name or by a foreign one', async () => {
    const [mine] = ours.retailers;
    const [other] = theirs.retailers;
    if (!mine || !other) throw new Error('no retailer');
    const scope = { partnerId: ours.partnerId, retailerId: '*' };
    const insert = (partnerId: string, retailerId: string) =>
      scoped(pools.web, scope, (tx) => tx`INSERT INTO flow (partner_id, retailer_id, id, name) VALUES (${partnerId}, ${retailerId}, ${uuidv7()}, 'x')`);
    await expect(insert(theirs.partnerId, other.retailerId)).rejects.toMatchObject({ code: '42501' });
    await expect(insert(ours.partnerId, other.retailerId)).rejects.toMatchObject({ code: '23503' });
    await expect(insert(ours.partnerId, mine.retailerId)).resolves.toBeDefined();
    await expect(scoped(pools.web, scope, (tx) => tx`UPDATE flow SET name = 'x' WHERE id = ${other.flowId} RETURNING id`)).resolves.toEqual([]);
  });

  test('cannot squat on another tenant’s lane or delivery id', async () => {
    const [other] = theirs.retailers;
    const scope = { partnerId: ours.partnerId, retailerId: '*' };
    for (const lane of [0, 7]) {
      const event = eventOf(ours, { flowId: other?.flowId ?? '', lane, deliveryId: 'd' });
      await expect(scoped(pools.web, scope, (tx) => acceptEvents(tx, [event]))).rejects.toMatchObject({ code: '42501' });
    }
    const [answer] = await scoped(pools.web, scope, (tx) => acceptEvents(tx, [eventOf(ours, { deliveryId: 'd', trigger: 'manual' })]));
    expect(answer?.outcome).toBe('accepted');
  });

  test('puts secrets in and cannot read them', async () => {
    const [mine] = ours.retailers;
    const scope = { partnerId: ours.partnerId, retailerId: '*' };
    const id = uuidv7();
    await scoped(pools.web, scope, async (tx) => {
      await tx`INSERT INTO connection (partner_id, retailer_id, id, name, base_url) VALUES (${ours.partnerId}, ${mine?.retailerId ?? ''}, ${id}, 'c', 'https://x.example')`;
      await tx`INSERT INTO credential (partner_id, retailer_id, id, connection_id, field, version, key_id, sealed)
        VALUES (${ours.partnerId}, ${mine?.retailerId ?? ''}, ${uuidv7()}, ${id}, 'secret', 1, 'k', 'sealed')`;
    });
    await expect(scoped(pools.web, scope, (tx) => tx`SELECT sealed FROM credential`)).rejects.toMatchObject({ code: '42501' });
    await expect(scoped(pools.web, scope, (tx) => tx`SELECT version FROM credential`)).resolves.toEqual([{ version: 1 }]);
  });

  test('reads names of colleagues only', async () => {
    const people = await Promise.all(
      [ours, theirs].map(async ({ partnerId }) => {
        const userId = uuidv7();
        await pools.owner`INSERT INTO "user" (id, name, email) VALUES (${userId}, 'N', ${userId})`;
        await pools.owner`INSERT INTO membership (partner_id, id, user_id, role) VALUES (${partnerId}, ${uuidv7()}, ${userId}, 'consultant')`;
        return userId;
      }),
    );
    const rows = await scoped(pools.web, { partnerId: ours.partnerId, retailerId: '*' }, (tx) => tx`SELECT id FROM "user"`);
    expect(rows).toEqual([{ id: people[0] }]);
  });

  test('the run list stays an index scan under the policy', async () => {
    const plan = await scoped(pools.web, { partnerId: ours.partnerId, retailerId: '*' }, async (tx) => {
      await tx`SET LOCAL enable_seqscan = off`;
      return tx`EXPLAIN SELECT * FROM run WHERE (started_at, id) < (now(), ${uuidv7()}::uuid) ORDER BY started_at DESC, id DESC LIMIT 50`;
    });
    const text = plan.map((row) => row['QUERY PLAN']).join('\n');
    expect(text).toMatch(/Index Scan using run_partner_idx[\s\S]*Index Cond: \(\(partner_id = \(InitPlan/);
    expect(text).not.toMatch(/-> +(Incremental )?Sort/);
  });
});

test('a host shows its partner only once it is verified', async () => {
  await pools.owner`INSERT INTO domain (host, partner_id, verified_at) VALUES ('a.example', ${ours.partnerId}, now()), ('b.example', ${ours.partnerId}, NULL)`;
  const [row] = await pools.web`SELECT weft_partner_of_host('A.example') AS a, weft_partner_of_host('b.example') AS b, weft_partner_of_host('c.example') AS c`;
  expect(row).toEqual({ a: ours.partnerId, b: null, c: null });
});

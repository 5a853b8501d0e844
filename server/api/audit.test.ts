import { and, eq, gt, sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as schema from '#drizzle/schema/index.ts';
import { call, signIn } from '../testing/browser.ts';
import type { Credentials } from '../testing/browser.ts';
import { makeContent } from '../testing/place.ts';
import { proceduresOf } from '../testing/procedures.ts';
import { createWorld } from '../testing/world.ts';
import type { World } from '../testing/world.ts';
import { auditDetail, auditSubject } from './audit-entry.ts';
import { isolationTable, refusedForAll } from './isolation-table.ts';
import { appRouter } from './router.ts';

let world: World;
let consultant: Credentials;

beforeAll(async () => {
  world = await createWorld();
  consultant = await signIn(world.runtime, await world.addPerson({ partnerId: world.alder.partnerId, role: 'consultant' }));
});
afterAll(() => world.close());

const lastSeq = () =>
  world.asOwner(async (db) => {
    const [row] = await db.select({ seq: sql<number>`coalesce(max(${schema.audit.seq}), 0)::int` }).from(schema.audit).where(eq(schema.audit.partnerId, world.alder.partnerId));
    return row?.seq ?? 0;
  });
const rowsAfter = (seq: number) => world.asOwner((db) => db.select().from(schema.audit).where(and(eq(schema.audit.partnerId, world.alder.partnerId), gt(schema.audit.seq, seq))));

// Testing a connection waits for an engine; the isolation test, which has one, calls it.
const mutations = proceduresOf(appRouter).filter(({ path, definition }) => definition.type === 'mutation' && definition.meta?.scope !== 'public' && definition.meta?.audited !== false && path !== 'connection.test' && !(path in refusedForAll));

it.each(mutations)('$path leaves exactly one row when it is done, and none when it is refused', async ({ path }) => {
  const { partnerId, retailerId, marker } = world.alder.own;
  const place = await world.asOwner((db) => makeContent(db, { partnerId, retailerId, marker }));
  const before = await lastSeq();
  const outcome = await call(world.runtime, consultant, { type: 'mutation', path, input: isolationTable[path]?.input?.(place) });
  const rows = await rowsAfter(before);
  expect(outcome.ok).toBe(true);
  expect(rows).toHaveLength(1);
  expect(rows[0]).toMatchObject({ action: path, actor: expect.stringMatching(/^user:/) });
  expect(rows[0]?.subject).toMatch(/^\w+:[0-9a-f-]{36}$/);
  expect(JSON.stringify(rows)).not.toMatch(/a secret|another|820982911946154508/);

  const refused = await call(world.runtime, consultant, { type: 'mutation', path, input: isolationTable[path]?.input?.(world.birch.own) });
  expect(refused.ok).toBe(false);
  expect(await rowsAfter(before)).toHaveLength(1);
});

it('chains the rows, so that a change is noticed', async () => {
  const broken = await world.asOwner((db) => db.execute(sql`select weft_audit_verify(${world.alder.partnerId}) as seq`));
  expect(broken[0]).toEqual({ seq: null });
});

it('tells what was changed without secrets or documents', () => {
  expect(auditDetail({ name: 'ERP', secret: 'x', webhookSecret: 'y', docText: '{}', authConfig: { username: 'u', token: 't' } })).toEqual({
    name: 'ERP', secret: '(set)', webhookSecret: '(set)', docText: '(2 characters)', authConfig: { username: 'u', token: '(set)' },
  });
  expect(auditSubject('flow.publish', { retailerId: 'r', flowId: 'f' })).toBe('flow:f');
  expect(auditSubject('test.start', { flowId: 'f' })).toBe('flow:f');
});

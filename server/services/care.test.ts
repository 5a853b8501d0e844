import { eq, sql } from 'drizzle-orm';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as schema from '#drizzle/schema/index.ts';
import { call, signIn } from '../testing/browser.ts';
import type { Credentials, Outcome } from '../testing/browser.ts';
import { makeContent } from '../testing/place.ts';
import type { Place } from '../testing/place.ts';
import { createWorld } from '../testing/world.ts';
import type { OwnerDb, World } from '../testing/world.ts';

let world: World;
let consultant: Credentials;
let place: Place;

beforeAll(async () => {
  world = await createWorld();
  consultant = await signIn(world.runtime, await world.addPerson({ partnerId: world.alder.partnerId, role: 'consultant' }));
});
beforeEach(async () => {
  const { partnerId, retailerId, marker } = world.alder.own;
  place = await world.asOwner((db) => makeContent(db, { partnerId, retailerId, marker }));
});
afterAll(() => world.close());

const query = (path: string, input: unknown) => call(world.runtime, consultant, { type: 'query', path, input });
const mutate = (path: string, input: unknown) => call(world.runtime, consultant, { type: 'mutation', path, input });
const dataOf = (outcome: Outcome) => (outcome.ok ? outcome.data === null ? null : Object(outcome.data) : { refused: outcome.code, ...outcome.params });

/** Puts an event into lane 0 of the place's flow. */
async function enter(db: OwnerDb, entry: Partial<typeof schema.laneEntry.$inferInsert> & { seq: number }): Promise<string> {
  const { partnerId, retailerId, flowId } = place;
  const eventId = entry.eventId ?? uuidv7();
  const receivedAt = entry.receivedAt ?? new Date();
  await db.insert(schema.lane).values({ partnerId, retailerId, flowId, number: 0 }).onConflictDoNothing();
  await db.insert(schema.laneEntry).values({ partnerId, retailerId, flowId, lane: 0, eventId, receivedAt, dueAt: new Date(), ...entry });
  return eventId;
}

const later = () => new Date(Date.now() + 60_000);

describe('why is this waiting', () => {
  const codes = async () => (dataOf(await query('event.waitingList', { flowId: place.flowId })) ?? []).map((row: { code: string }) => row.code);

  it('names the event of the same key before it, and a retry its failure', async () => {
    await world.asOwner(async (db) => {
      await enter(db, { seq: 2, eventId: place.eventId, runId: place.runId, orderingKey: 'A', attempt: 2, dueAt: later(), waitingCode: 'http_503' });
      await enter(db, { seq: 3, orderingKey: 'A' });
      await enter(db, { seq: 4, orderingKey: 'B' });
    });
    expect(dataOf(await query('event.waitingList', { flowId: place.flowId }))).toMatchObject([
      { code: 'retry', failureCode: 'http_503', position: 0, until: expect.any(String) },
      { code: 'ordering', ref: { kind: 'run', id: place.runId }, position: 1 },
      { code: 'no_worker', position: 2 },
    ]);
    expect(dataOf(await query('event.waiting', { runId: place.runId }))).toMatchObject({ code: 'retry', runId: place.runId });
    expect(dataOf(await query('event.waiting', { eventId: place.eventId }))).toMatchObject({ code: 'retry' });
  });

  it('tells a limit on runs at the same time from a worker that is missing', async () => {
    const { partnerId, retailerId, flowId, doc } = place;
    const { concurrency } = doc.settings;
    await world.asOwner((db) => enter(db, { seq: 2 }));
    expect(await codes()).toEqual(['no_worker']);
    const runs = (of: string, count: number) =>
      world.asOwner((db) =>
        db.insert(schema.run).values(
          Array.from({ length: count }, () => ({
            partnerId, retailerId, id: uuidv7(), flowId: of, versionId: uuidv7(), versionNumber: 1, eventId: uuidv7(), eventReceivedAt: new Date(), nodeId: 'start', trigger: 'manual' as const,
            state: 'running' as const, startedAt: new Date(), recordsIn: 1,
          })),
        ),
      );
    await runs(flowId, concurrency - 1);
    await runs(uuidv7(), 1);
    expect(await codes()).toEqual(['no_worker']);
    await world.asOwner((db) => db.update(schema.retailer).set({ concurrency }).where(eq(schema.retailer.id, retailerId)));
    expect(dataOf(await query('event.waitingList', { flowId }))).toMatchObject([{ code: 'retailer_full', cap: concurrency }]);
    await runs(flowId, 1);
    expect(dataOf(await query('event.waitingList', { flowId }))).toMatchObject([{ code: 'flow_full', cap: concurrency }]);
    await world.asOwner(async (db) => {
      await db.update(schema.retailer).set({ concurrency: null }).where(eq(schema.retailer.id, retailerId));
      await db.delete(schema.run).where(eq(schema.run.state, 'running'));
    });
  });

  it('names the connection that is paused, with the words of who paused it', async () => {
    await mutate('connection.pause', { connectionId: place.connectionId, note: 'ERP is being moved' });
    await world.asOwner((db) => enter(db, { seq: 2, eventId: place.eventId, runId: place.runId, dueAt: later(), waitingCode: 'connection_paused', waitingRef: place.connectionId }));
    expect(dataOf(await query('event.waiting', { runId: place.runId }))).toMatchObject({ code: 'connection_paused', note: 'ERP is being moved', ref: { kind: 'connection', id: place.connectionId }, until: null });
    const [connection] = (dataOf(await query('connection.list', { retailerId: place.retailerId })) ?? []).filter((one: { id: string }) => one.id === place.connectionId);
    expect(connection.health).toMatchObject({ state: 'paused', reasonCode: 'manual', note: 'ERP is being moved', waiting: 1, changedByName: expect.any(String) });
    await mutate('connection.resume', { connectionId: place.connectionId });
    const [again] = (dataOf(await query('connection.list', { retailerId: place.retailerId })) ?? []).filter((one: { id: string }) => one.id === place.connectionId);
    expect(again.health).toMatchObject({ state: 'ok', reasonCode: null, note: '', drainingSince: expect.any(String) });
  });

  it('says that a flow is held and why, and that it is being worked off afterwards', async () => {
    await world.asOwner((db) => enter(db, { seq: 2 }));
    await mutate('flow.hold', { flowId: place.flowId, reason: 'Stocktaking' });
    expect(dataOf(await query('event.waitingList', { flowId: place.flowId }))).toMatchObject([{ code: 'flow_held', note: 'Stocktaking' }]);
    expect(dataOf(await query('flow.get', { flowId: place.flowId }))).toMatchObject({ live: { held: true, heldReason: 'Stocktaking' }, waiting: 1 });
    await mutate('flow.resume', { flowId: place.flowId, drainPerSecond: 5 });
    expect(await codes()).toEqual(['draining']);
  });

  it('has nothing to say of what is finished', async () => {
    expect(dataOf(await query('event.waiting', { runId: place.runId }))).toBeNull();
  });
});

describe('approvals', () => {
  it('take one word, and the run goes on at once', async () => {
    await world.asOwner((db) => enter(db, { seq: 2, eventId: place.eventId, runId: place.runId, dueAt: later(), waitingCode: 'approval' }));
    expect(dataOf(await query('event.waiting', { runId: place.runId }))).toMatchObject({ code: 'approval', ref: { kind: 'approval', id: place.approvalId } });
    expect(dataOf(await query('approval.list', { retailerId: place.retailerId }))).toEqual(expect.arrayContaining([expect.objectContaining({ id: place.approvalId, title: 'Refund AlderOwn?' })]));
    const words = await Promise.all((['approved', 'rejected'] as const).map((decision) => mutate('approval.decide', { approvalId: place.approvalId, decision, note: 'Fine' })));
    expect(words.map((word) => (word.ok ? 'ok' : word.params['reason'])).sort()).toEqual(['decided', 'ok']);
    const [entry] = await world.asOwner((db) => db.select().from(schema.laneEntry).where(eq(schema.laneEntry.runId, place.runId)));
    expect(entry?.dueAt.getTime()).toBeLessThanOrEqual(Date.now());
    const jobs = await world.asOwner((db) => db.execute(sql`select data from pgboss.job where name = 'lane' and data->>'flowId' = ${place.flowId}`));
    expect(jobs).toHaveLength(1);
    expect(dataOf(await query('approval.list', { open: false }))).toEqual(expect.arrayContaining([expect.objectContaining({ id: place.approvalId, note: 'Fine', decidedByName: expect.any(String) })]));
  });

  it('are over when their time is', async () => {
    await world.asOwner((db) => db.update(schema.approval).set({ timeoutAt: new Date(Date.now() - 1000) }).where(eq(schema.approval.id, place.approvalId)));
    expect(dataOf(await mutate('approval.decide', { approvalId: place.approvalId, decision: 'approved' }))).toMatchObject({ refused: 'conflict', reason: 'decided' });
  });
});

describe('checkpoints', () => {
  it('move by hand with a reason, and keep every version', async () => {
    const at = { flowId: place.flowId, name: 'start' };
    expect(dataOf(await mutate('checkpoint.set', { ...at, valueText: '"2026-01-01T00:00:00Z"', note: 'Read January again' }))).toEqual({ version: 2 });
    expect(dataOf(await query('checkpoint.history', at))).toMatchObject([
      { version: 2, valueText: '"2026-01-01T00:00:00Z"', note: 'Read January again', byEngine: false, setByName: expect.any(String) },
      { version: 1, byEngine: true, runId: place.runId, note: '' },
    ]);
    expect(dataOf(await query('checkpoint.list', { flowId: place.flowId }))).toMatchObject([{ name: 'start', nodeLabel: 'Start AlderOwn', version: 2 }]);
    expect(dataOf(await mutate('checkpoint.set', { ...at, valueText: 'not json', note: 'x' }))).toMatchObject({ refused: 'invalid' });
    expect(dataOf(await mutate('checkpoint.set', { ...at, name: 'nowhere', valueText: '1', note: 'x' }))).toMatchObject({ refused: 'not_found' });
  });
});

describe('traffic', () => {
  it('keeps limits of a connection that an edit says nothing about', async () => {
    const fields = { connectionId: place.connectionId, name: `Shop ${place.flowId}`, baseUrl: 'https://shop.example', authKind: 'none', authConfig: {} };
    const rateLimit = { limits: [{ style: 'window', calls: 40, seconds: 60 }], headers: 'auto' };
    await mutate('connection.update', { ...fields, concurrency: 4, rateLimit });
    await mutate('connection.update', fields);
    const find = async () => (dataOf(await query('connection.list', { retailerId: place.retailerId })) ?? []).find((one: { id: string }) => one.id === place.connectionId);
    expect(await find()).toMatchObject({ concurrency: 4, rateLimit });
    await mutate('connection.update', { ...fields, concurrency: null, rateLimit: null });
    expect(await find()).toMatchObject({ concurrency: null, rateLimit: null });
  });

  it('caps a retailer', async () => {
    await mutate('retailer.setConcurrency', { retailerId: place.retailerId, concurrency: 12 });
    expect(dataOf(await query('retailer.get', { retailerId: place.retailerId }))).toMatchObject({ concurrency: 12 });
  });
});

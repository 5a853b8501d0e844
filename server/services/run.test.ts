import { eq, sql } from 'drizzle-orm';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as schema from '#drizzle/schema/index.ts';
import { call, signIn } from '../testing/browser.ts';
import type { Credentials, Outcome } from '../testing/browser.ts';
import { makeContent, sampleBody } from '../testing/place.ts';
import type { Place } from '../testing/place.ts';
import { createWorld } from '../testing/world.ts';
import type { World } from '../testing/world.ts';
import { createContext } from '../http/handle-trpc.ts';
import { createCaller } from '../api/caller.ts';

let world: World;
let consultant: Credentials;
let place: Place;

beforeAll(async () => {
  world = await createWorld();
  consultant = await signIn(world.runtime, await world.addPerson({ partnerId: world.alder.partnerId, role: 'consultant' }));
  const { partnerId, retailerId, marker } = world.alder.own;
  place = await world.asOwner((db) => makeContent(db, { partnerId, retailerId, marker }));
});
afterAll(() => world.close());

const query = (path: string, input: unknown) => call(world.runtime, consultant, { type: 'query', path, input });
const mutate = (path: string, input: unknown) => call(world.runtime, consultant, { type: 'mutation', path, input });
const itemsOf = (outcome: Outcome): { id: string }[] => (outcome.ok ? Object(outcome.data).items : []);

describe('the list', () => {
  it('pages through all runs once, newest first, however many began at the same moment and while new ones arrive', async () => {
    const { partnerId, retailerId } = place;
    const flowId = uuidv7();
    await world.asOwner(async (db) => {
      await db.insert(schema.flow).values({ partnerId, retailerId, id: flowId, name: 'Busy' });
      await db.insert(schema.run).values(Array.from({ length: 45 }, (_, n) => newRun({ flowId, startedAt: new Date(1_790_000_000_000 + Math.floor(n / 20)), key: `#${n}` })));
    });
    const seen: string[] = [];
    let cursor: string | null | undefined;
    do {
      const page = await query('run.list', { flowId, limit: 10, ...(cursor ? { cursor } : {}) });
      seen.push(...itemsOf(page).map((item) => item.id));
      cursor = page.ok ? Object(page.data).nextCursor : null;
      if (seen.length === 10) await world.asOwner((db) => db.insert(schema.run).values(newRun({ flowId, startedAt: new Date(), key: '#late' })));
    } while (cursor);
    expect(seen).toHaveLength(45);
    expect(new Set(seen).size).toBe(45);
    expect(await query('run.list', { cursor: 'bm9uc2Vuc2U' })).toMatchObject({ ok: false, code: 'invalid' });
  });

  it('finds by business key, its beginning, run or event; and by state and time', async () => {
    const found = async (input: object) => itemsOf(await query('run.list', { flowId: place.flowId, ...input })).map((item) => item.id);
    for (const search of ['#AlderOwn-1001', '#AlderOwn-10', place.runId, place.eventId]) expect(await found({ search })).toEqual([place.runId]);
    for (const search of ['#AlderOwn-1002', 'AlderOwn', "%' or 1=1 --", '#AlderOwn-%', uuidv7()]) expect(await found({ search })).toEqual([]);
    expect(await found({ state: 'failed' })).toEqual([place.runId]);
    expect(await found({ state: 'succeeded' })).toEqual([]);
    expect(await found({ from: '2020-01-01T00:00:00Z', to: '2021-01-01T00:00:00Z' })).toEqual([]);
  });
});

it('shows what a step passed on unchanged, from the event on, and no digit differs', async () => {
  const step = await query('run.step', { runId: place.runId, nodeId: 'keep', attempt: 1 });
  expect(step).toMatchObject({ ok: true, data: { inputText: `{"out":[{"key":"0","data":${sampleBody('AlderOwn')}}]}`.replace('out', 'in'), outputText: `{"kept":[{"key":"0","data":${sampleBody('AlderOwn')}}]}` } });
  const send = await query('run.step', { runId: place.runId, nodeId: 'send', attempt: 1 });
  expect(send).toMatchObject({ ok: true, data: { calls: [{ status: 422, requestText: sampleBody('AlderOwn') }] } });
  expect(await query('run.step', { runId: place.runId, nodeId: 'nowhere', attempt: 1 })).toMatchObject({ ok: false, code: 'not_found' });
  expect(await query('run.get', { runId: place.runId })).toMatchObject({ ok: true, data: { attempts: [1], event: { deliveryId: 'delivery-AlderOwn' }, exceptions: [{ dataText: sampleBody('AlderOwn') }] } });
});

it('puts a failed run back once, and rings', async () => {
  const both = await Promise.all([1, 2].map(() => mutate('run.retry', { runId: place.runId })));
  expect(both.map((outcome) => (outcome.ok ? 'ok' : outcome.code)).sort()).toEqual(['conflict', 'ok']);
  const entries = await world.asOwner((db) => db.select().from(schema.laneEntry).where(eq(schema.laneEntry.runId, place.runId)));
  expect(entries).toHaveLength(1);
  const jobs = await world.asOwner((db) => db.execute(sql`select data from pgboss.job where name = 'lane' and data->>'flowId' = ${place.flowId}`));
  expect(jobs).toHaveLength(1);
});

it('tells who listens of their own retailers only, and lets go when they leave', async () => {
  const viewer = await signIn(world.runtime, await world.addPerson({ partnerId: place.partnerId, role: 'retailer_viewer', retailerId: place.retailerId }));
  const caller = createCaller(createContext(world.runtime, { requestHeaders: new Headers(viewer.headers), responseHeaders: new Headers() }));
  const signals = (await caller.run.live())[Symbol.asyncIterator]();
  expect((await signals.next()).value).toMatchObject({ retailerIds: [] });
  const notify = (partnerId: string, retailerIds: string[]) => world.asOwner((db) => db.execute(sql`select pg_notify('weft_run', ${JSON.stringify({ p: partnerId, r: retailerIds })})`));
  await notify(world.birch.partnerId, [world.birch.own.retailerId]);
  await notify(place.partnerId, [world.alder.sibling.retailerId]);
  await notify(place.partnerId, [world.alder.sibling.retailerId, place.retailerId]);
  let told = await signals.next();
  // Listening itself says "anything may have changed" once it is in place.
  if (told.value?.retailerIds.length === 0) told = await signals.next();
  expect(told.value?.retailerIds).toEqual([place.retailerId]);
  await signals.return?.(undefined);
});

function newRun(at: { flowId: string; startedAt: Date; key: string }): typeof schema.run.$inferInsert {
  const { partnerId, retailerId, versionId, eventId } = place;
  return { partnerId, retailerId, versionId, eventId, flowId: at.flowId, versionNumber: 1, eventReceivedAt: at.startedAt, nodeId: 'start', trigger: 'manual', state: 'succeeded', startedAt: at.startedAt, businessKeys: [at.key] };
}

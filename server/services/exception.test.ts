import { eq, sql } from 'drizzle-orm';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as schema from '#drizzle/schema/index.ts';
import { stringifyJson } from '#engine/flow/json.ts';
import { effectKey } from '#engine/run/effect-key.ts';
import { call, signIn } from '../testing/browser.ts';
import type { Credentials, Outcome } from '../testing/browser.ts';
import { makeContent } from '../testing/place.ts';
import type { Place } from '../testing/place.ts';
import { createWorld } from '../testing/world.ts';
import type { World } from '../testing/world.ts';

let world: World;
let consultant: Credentials;
let viewer: Credentials;
let place: Place;

beforeAll(async () => {
  world = await createWorld();
  const { partnerId, own } = world.alder;
  consultant = await signIn(world.runtime, await world.addPerson({ partnerId, role: 'consultant' }));
  viewer = await signIn(world.runtime, await world.addPerson({ partnerId, retailerId: own.retailerId, role: 'retailer_viewer' }));
});
beforeEach(async () => {
  const { partnerId, retailerId, marker } = world.alder.own;
  place = await world.asOwner((db) => makeContent(db, { partnerId, retailerId, marker }));
});
afterAll(() => world.close());

const query = (path: string, input: unknown, who = consultant) => call(world.runtime, who, { type: 'query', path, input });
const mutate = (path: string, input: unknown) => call(world.runtime, consultant, { type: 'mutation', path, input });
const dataOf = (outcome: Outcome) => (outcome.ok ? Object(outcome.data) : { refused: outcome.code, ...outcome.params });

/** Says that the other system has confirmed the write of the place's run. */
async function confirm(): Promise<void> {
  const key = effectKey(place.eventId, 'send', '0');
  const { partnerId, retailerId, runId, connectionId } = place;
  await world.asOwner((db) =>
    db.insert(schema.effect).values({ key, partnerId, retailerId, runId, nodeId: 'send', recordKey: '0', connectionId, operation: 'POST', businessKeys: ['#1'], requestHash: 'h', status: 'done', appliedAt: new Date() }),
  );
}

/** Publishes another version of the place's flow, whose call goes to `url`. */
async function publish(change: { url?: string; label?: string }): Promise<string> {
  const { partnerId, retailerId, flowId, doc } = place;
  const id = uuidv7();
  const nodes = doc.nodes.map((node) => (node.id === 'send' ? { ...node, label: change.label ?? node.label, config: { ...node.config, url: change.url ?? node.config['url'] ?? '' } } : node));
  await world.asOwner(async (db) => {
    await db.insert(schema.flowVersion).values({ partnerId, retailerId, flowId, id, number: 2, doc: stringifyJson({ ...doc, nodes }), hash: 'h2' });
    await db.update(schema.liveVersion).set({ versionId: id }).where(eq(schema.liveVersion.flowId, flowId));
  });
  return id;
}

const runRow = async (id: string) => (await world.asOwner((db) => db.select().from(schema.run).where(eq(schema.run.id, id))))[0];
const entries = () => world.asOwner((db) => db.select().from(schema.laneEntry).where(eq(schema.laneEntry.flowId, place.flowId)));

describe('the queue', () => {
  it('puts together what failed for the same reason, whatever its numbers, and finds by part of a key or message', async () => {
    const { partnerId, retailerId, flowId, runId } = place;
    await world.asOwner((db) =>
      db.insert(schema.exception).values([101, 2002].map((n) => ({ partnerId, retailerId, flowId, runId, nodeId: 'send', recordKey: `0.${n}`, class: 'data' as const, code: 'http_422', message: `Order ${n} has no customer`, data: '{}', businessKeys: [`#${n}`] }))),
    );
    const causes = dataOf(await query('exception.causes', { flowId }));
    expect(causes).toMatchObject([{ code: 'http_422', count: 2, nodeLabel: 'Send AlderOwn' }, { code: 'http_status', count: 1 }]);
    const same = dataOf(await query('exception.list', { flowId, nodeId: 'send', code: 'http_422', cause: causes[0].cause }));
    expect(same.items).toHaveLength(2);
    for (const search of ['2002', '#2002', 'order 2002 HAS']) expect(dataOf(await query('exception.list', { flowId, search })).items).toHaveLength(1);
    for (const search of ['%', '_002', "' or 1=1"]) expect(dataOf(await query('exception.list', { flowId, search })).items).toHaveLength(0);
  });

  it('keeps its own history, whoever acts', async () => {
    const exceptionIds = [place.exceptionId];
    await mutate('exception.assign', { exceptionIds, to: 'me' });
    await mutate('exception.note', { exceptionId: place.exceptionId, text: 'Asked the shop' });
    await mutate('exception.resolve', { exceptionIds, reason: 'duplicate' });
    expect(dataOf(await query('exception.get', { exceptionId: place.exceptionId }))).toMatchObject({
      state: 'resolved', reason: 'duplicate', retryable: false,
      history: [{ kind: 'opened', byEngine: true }, { kind: 'assigned', byEngine: false }, { kind: 'noted', detail: 'Asked the shop' }, { kind: 'resolved', detail: 'duplicate' }],
    });
    expect(dataOf(await query('exception.list', { flowId: place.flowId, state: 'resolved' })).items).toHaveLength(1);
    // Whoever only looks sees what is open, whatever is asked for.
    expect(dataOf(await query('exception.list', { flowId: place.flowId, state: 'resolved' }, viewer)).items).toHaveLength(0);
  });

  it('corrects a record and puts its run back with it, once', async () => {
    const corrected = '{"id":820982911946154508,"customer":"Ada"}';
    expect(dataOf(await mutate('exception.editAndRetry', { exceptionId: place.exceptionId, dataText: '{"broken' }))).toMatchObject({ refused: 'invalid' });
    expect(dataOf(await mutate('exception.editAndRetry', { exceptionId: place.exceptionId, dataText: corrected }))).toEqual({ id: place.runId });
    expect(dataOf(await mutate('exception.editAndRetry', { exceptionId: place.exceptionId, dataText: corrected }))).toMatchObject({ refused: 'conflict', reason: 'under_way' });
    expect(await entries()).toMatchObject([{ runId: place.runId, attempt: 2 }]);
    const memo = await world.asOwner((db) => db.select().from(schema.runMemo).where(eq(schema.runMemo.runId, place.runId)));
    expect(memo).toMatchObject([{ nodeId: 'edit:send', recordKey: '0', value: corrected }]);
    // The attempt that met it shows it; the one before, and what the step before gave, stay as they were.
    const { partnerId, retailerId, runId } = place;
    await world.asOwner((db) => db.insert(schema.step).values(
      [['start', 'out'], ['keep', 'kept'], ['send', 'out']].map(([nodeId = '', port = '']) => ({ partnerId, retailerId, runId, nodeId, attempt: 2, state: 'succeeded' as const, startedAt: new Date(Date.now() + 1_000), outputs: { [port]: 1 }, recordsIn: 1, recordsOut: 1 })),
    ));
    const stepOf = async (nodeId: string, attempt: number) => dataOf(await query('run.step', { runId: place.runId, nodeId, attempt }));
    expect(await stepOf('send', 2)).toMatchObject({ inputText: `{"in":[{"key":"0","data":${corrected},"corrected":true}]}`, outputLeftOut: null, inputInPart: false });
    for (const { inputText } of [await stepOf('keep', 2), await stepOf('send', 1)]) expect(inputText).not.toContain('corrected');
    expect(dataOf(await query('exception.get', { exceptionId: place.exceptionId })).history.map((event: { kind: string }) => event.kind)).toEqual(expect.arrayContaining(['opened', 'edited', 'retried']));
  });
});

describe('running again', () => {
  it('from the failed step goes on in the same run and repeats nothing', async () => {
    await confirm();
    expect(dataOf(await query('run.retryPreview', { runId: place.runId, mode: 'step' }))).toMatchObject({ refusal: null, sameRun: true, repeatsTotal: 0, keptTotal: 1 });
    expect(dataOf(await mutate('run.retry', { runId: place.runId }))).toEqual({ id: place.runId });
    expect(dataOf(await mutate('run.retry', { runId: place.runId }))).toMatchObject({ refused: 'conflict', reason: 'under_way' });
  });

  it('from the start is a new run on the same version, and says first which writes it repeats', async () => {
    await confirm();
    await publish({ label: 'Other' });
    const preview = dataOf(await query('run.retryPreview', { runId: place.runId, mode: 'start' }));
    expect(preview).toMatchObject({ versionNumber: 1, sameRun: false, repeatsTotal: 1, repeats: [{ method: 'POST', nodeLabel: 'Send AlderOwn', businessKeys: ['#1'] }] });
    const { id } = dataOf(await mutate('run.retry', { runId: place.runId, mode: 'start' }));
    expect(await runRow(id)).toMatchObject({ state: 'waiting', versionNumber: 1, originRunId: place.runId, attempt: 1 });
    expect(await entries()).toMatchObject([{ runId: id, attempt: 1 }]);
    expect(dataOf(await query('run.get', { runId: place.runId })).reruns).toMatchObject([{ id }]);
    const [event] = await world.asOwner((db) => db.execute(sql`select body from inbox where id = (select event_id from run where id = ${id})`));
    expect(event).toMatchObject({ body: expect.stringContaining('820982911946154508') });
  });

  it('on the newest version goes on where what was confirmed still counts, and begins anew where it does not', async () => {
    await confirm();
    const same = await publish({ label: 'Renamed' });
    expect(dataOf(await query('run.retryPreview', { runId: place.runId, mode: 'newest' }))).toMatchObject({ versionNumber: 2, sameRun: true, repeatsTotal: 0 });
    expect(dataOf(await mutate('run.retry', { runId: place.runId, mode: 'newest' }))).toEqual({ id: place.runId });
    expect(await runRow(place.runId)).toMatchObject({ versionId: same, versionNumber: 2, state: 'waiting' });

    const { partnerId, retailerId, marker } = world.alder.own;
    place = await world.asOwner((db) => makeContent(db, { partnerId, retailerId, marker }));
    await confirm();
    await publish({ url: '/v2/orders' });
    expect(dataOf(await query('run.retryPreview', { runId: place.runId, mode: 'newest' }))).toMatchObject({ sameRun: false, repeatsTotal: 1 });
    const { id } = dataOf(await mutate('run.retry', { runId: place.runId, mode: 'newest' }));
    expect(await runRow(id)).toMatchObject({ versionNumber: 2, originRunId: place.runId });
  });
});

describe('replays', () => {
  it('count what they would do before they do it, and take no more than was shown', async () => {
    await confirm();
    const filter = { flowId: place.flowId, mode: 'start' as const, perSecond: 5 };
    expect(dataOf(await query('replay.preview', filter))).toMatchObject({ runs: 1, capped: false, writesTotal: 1, writes: [{ method: 'POST', count: 1 }], seconds: 1 });
    expect(dataOf(await query('replay.preview', { ...filter, mode: 'step' }))).toMatchObject({ runs: 1, writesTotal: 0 });
    expect(dataOf(await query('replay.preview', { ...filter, failureCode: 'timeout' }))).toMatchObject({ runs: 0 });
    expect(dataOf(await mutate('replay.start', { ...filter, failureCode: 'timeout', expected: 1 }))).toMatchObject({ refused: 'conflict', reason: 'no_runs' });
    const { id } = dataOf(await mutate('replay.start', { ...filter, expected: 1, note: 'After the outage' }));
    expect(dataOf(await query('replay.get', { replayId: id }))).toMatchObject({ state: 'running', total: 1, note: 'After the outage', filter: { flowId: place.flowId } });
    expect(dataOf(await mutate('replay.cancel', { replayId: id }))).toEqual({ id });
    expect(dataOf(await query('replay.get', { replayId: id }))).toMatchObject({ state: 'cancelled' });
  });

  it('put the runs of many exceptions back', async () => {
    expect(dataOf(await mutate('exception.retryMany', { exceptionIds: [place.exceptionId] }))).toMatchObject({ total: 1 });
  });
});

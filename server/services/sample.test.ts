import { afterAll, beforeAll, expect, it } from 'vitest';
import { call, signIn } from '../testing/browser.ts';
import type { Credentials, Outcome } from '../testing/browser.ts';
import { makeContent, sampleBody } from '../testing/place.ts';
import type { Place } from '../testing/place.ts';
import { createWorld } from '../testing/world.ts';
import type { World } from '../testing/world.ts';

let world: World;
let consultant: Credentials;
let place: Place;

beforeAll(async () => {
  world = await createWorld();
  const { partnerId, retailerId, marker } = world.alder.own;
  consultant = await signIn(world.runtime, await world.addPerson({ partnerId, role: 'consultant' }));
  place = await world.asOwner((db) => makeContent(db, { partnerId, retailerId, marker }));
});
afterAll(() => world.close());

const query = (path: string, input: unknown) => call(world.runtime, consultant, { type: 'query', path, input });
const mutate = (path: string, input: unknown) => call(world.runtime, consultant, { type: 'mutation', path, input });
const dataOf = (outcome: Outcome) => (outcome.ok ? Object(outcome.data) : { refused: outcome.code, ...outcome.params });
const at = (nodeId: string) => ({ flowId: place.flowId, nodeId });

it('keeps a sample under its name, digit for digit, and says which are real', async () => {
  const body = sampleBody('x');
  const { id } = dataOf(await mutate('sample.pin', { ...at('hook'), name: 'A large order', bodyText: body, eventId: place.eventId }));
  await mutate('sample.pin', { ...at('hook'), name: 'Made up', bodyText: '{"id":1}' });
  expect(dataOf(await query('sample.list', at('hook')))).toMatchObject([
    { id, nodeId: 'hook', name: 'A large order', bodyText: body, eventId: place.eventId },
    { name: 'Made up', eventId: null },
  ]);
  expect(dataOf(await query('sample.list', { flowId: place.flowId }))).toHaveLength(3);
  expect(dataOf(await mutate('sample.rename', { sampleId: id, name: 'Made up' }))).toMatchObject({ refused: 'conflict', reason: 'name_taken' });
  expect(dataOf(await mutate('sample.rename', { sampleId: id, name: ' Large ' }))).toEqual({ id });
  expect(dataOf(await query('sample.list', at('hook')))).toMatchObject([{ name: 'Large' }, {}]);
  expect(dataOf(await mutate('sample.remove', { sampleId: id }))).toEqual({ id });
  expect(dataOf(await query('sample.list', at('hook')))).toHaveLength(1);
  expect(dataOf(await mutate('sample.remove', { sampleId: id }))).toMatchObject({ refused: 'not_found' });
});

it('refuses what is not JSON, too large, too many, or another flow’s event', async () => {
  const pin = (change: object) => mutate('sample.pin', { ...at('cap'), name: 'n', bodyText: '{}', ...change });
  expect(dataOf(await pin({ bodyText: '{' }))).toMatchObject({ refused: 'invalid', reason: 'body' });
  expect(dataOf(await pin({ bodyText: `"${'ä'.repeat(500_001)}"` }))).toMatchObject({ refused: 'too_large', reason: 'sample' });
  expect(dataOf(await pin({ eventId: world.alder.own.eventId }))).toMatchObject({ refused: 'not_found', reason: 'event' });
  const half = `"${'x'.repeat(999_000)}"`;
  for (let n = 0; n < 5; n++) expect(dataOf(await pin({ name: `big ${n}`, bodyText: half }))).toHaveProperty('id');
  expect(dataOf(await pin({ name: 'one more', bodyText: half }))).toMatchObject({ refused: 'too_large', reason: 'samples' });
  for (let n = 0; n < 45; n++) await pin({ name: `small ${n}` });
  expect(dataOf(await pin({ name: 'the 51st' }))).toMatchObject({ refused: 'too_large', reason: 'samples', count: 50 });
});

it('gives real events with their bodies, newest first, up to what may be sent at once', async () => {
  const { rows } = await world.asOwner(async (db) => {
    const body = `{"pad":"${'p'.repeat(1_200_000)}"}`;
    const { inbox } = await import('#drizzle/schema/index.ts');
    const [like] = await db.select().from(inbox).limit(1);
    if (like === undefined) throw new Error('no event');
    const ids = [1, 2, 3].map((n) => ({ id: `019b0000-0000-7000-8000-00000000000${n}`, receivedAt: new Date(Date.now() - n * 60_000) }));
    await db.insert(inbox).values(ids.map((one) => ({ ...like, ...one, flowId: place.flowId, partnerId: place.partnerId, retailerId: place.retailerId, nodeId: 'large', body })));
    return { rows: ids };
  });
  expect(dataOf(await query('sample.recent', { ...at('start'), limit: 5 }))).toMatchObject([{ id: place.eventId, bodyText: sampleBody(place.marker) }]);
  const recent = dataOf(await query('sample.recent', at('large')));
  expect(recent.map((event: { id: string }) => event.id)).toEqual(rows.slice(0, 2).map(({ id }) => id));
});

it('starts a test up to a step or of one step, of those that the document has', async () => {
  const start = (change: object) =>
    mutate('test.start', { flowId: place.flowId, docText: JSON.stringify(place.doc), triggerNodeId: 'start', bodyText: '{}', sendWrites: false, ...change });
  expect(dataOf(await start({ untilNodeId: 'keep' }))).toHaveProperty('testRunId');
  expect(dataOf(await start({ onlyNodeId: 'keep' }))).toHaveProperty('testRunId');
  expect(dataOf(await start({ untilNodeId: 'gone' }))).toMatchObject({ refused: 'invalid', reason: 'no_node' });
  expect(dataOf(await start({ untilNodeId: 'keep', onlyNodeId: 'keep' }))).toMatchObject({ refused: 'invalid' });
});

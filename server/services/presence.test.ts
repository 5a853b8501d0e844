import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { call, signIn } from '../testing/browser.ts';
import type { Credentials } from '../testing/browser.ts';
import { makeContent } from '../testing/place.ts';
import type { Place } from '../testing/place.ts';
import { createWorld } from '../testing/world.ts';
import type { World } from '../testing/world.ts';

let world: World;
let anna: Credentials;
let ben: Credentials;
let place: Place;

const ANNA = '0195f3a0-0000-4000-8000-000000000001';
const BEN = '0195f3a0-0000-4000-8000-000000000002';

beforeAll(async () => {
  world = await createWorld();
  const person = async () => signIn(world.runtime, await world.addPerson({ partnerId: world.alder.partnerId, role: 'consultant' }));
  [anna, ben] = [await person(), await person()];
});
beforeEach(async () => {
  const { partnerId, retailerId, marker } = world.alder.own;
  place = await world.asOwner((db) => makeContent(db, { partnerId, retailerId, marker }));
});
afterAll(() => world.close());

async function beat(who: Credentials, tab: string, rest: { nodeId: string | null; editing?: boolean; take?: boolean }) {
  const input = { flowId: place.flowId, tab, editing: false, ...rest };
  const outcome = await call(world.runtime, who, { type: 'mutation', path: 'presence.beat', input });
  if (!outcome.ok) throw new Error(outcome.code);
  return Object(outcome.data);
}
const leave = (who: Credentials, tab: string) => call(world.runtime, who, { type: 'mutation', path: 'presence.leave', input: { flowId: place.flowId, tab } });

it('shows each who else is there and which node they look at, and forgets who leaves', async () => {
  expect((await beat(anna, ANNA, { nodeId: 'send' })).others).toEqual([]);
  const seen = await beat(ben, BEN, { nodeId: null });
  expect(seen.others).toMatchObject([{ tab: ANNA, nodeId: 'send', editing: false, self: false }]);
  expect(seen.draft).toMatchObject({ revision: 1 });
  // Nobody closes another's tab.
  await leave(ben, ANNA);
  expect((await beat(ben, BEN, { nodeId: null })).others).toHaveLength(1);
  await leave(anna, ANNA);
  expect((await beat(ben, BEN, { nodeId: null })).others).toEqual([]);
});

it('gives a node to the first who edits it, until they go on or it is taken over', async () => {
  expect(await beat(anna, ANNA, { nodeId: 'send', editing: true })).toMatchObject({ held: true });
  expect(await beat(ben, BEN, { nodeId: 'send', editing: true })).toMatchObject({ held: false, others: [{ editing: true }] });
  expect(await beat(ben, BEN, { nodeId: 'send', editing: true, take: true })).toMatchObject({ held: true, others: [{ editing: false }] });
  expect(await beat(anna, ANNA, { nodeId: 'send', editing: true })).toMatchObject({ held: false, others: [{ tab: BEN, editing: true }] });
  expect(await beat(ben, BEN, { nodeId: 'start', editing: true })).toMatchObject({ held: true });
  expect(await beat(anna, ANNA, { nodeId: 'send', editing: true })).toMatchObject({ held: true });
});

it('two who begin in the same moment do not both get it', async () => {
  const answers = await Promise.all([beat(anna, ANNA, { nodeId: 'send', editing: true }), beat(ben, BEN, { nodeId: 'send', editing: true })]);
  expect(answers.filter(({ held }) => held)).toHaveLength(1);
});

it('lets go of a tab that is not heard of any more', async () => {
  await beat(anna, ANNA, { nodeId: 'send', editing: true });
  await world.asOwner((db) => db.execute(sql`update presence set seen_at = now() - interval '21 seconds' where flow_id = ${place.flowId}`));
  expect(await beat(ben, BEN, { nodeId: 'send', editing: true })).toMatchObject({ held: true, others: [] });
});

it('leaves no audit rows', async () => {
  const count = () => world.asOwner(async (db) => (await db.execute(sql`select count(*)::int as n from audit`))[0]?.['n']);
  const before = await count();
  await beat(anna, ANNA, { nodeId: 'send', editing: true });
  await leave(anna, ANNA);
  expect(await count()).toBe(before);
});

import { PgBoss } from 'pg-boss';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stringifyJson } from '#engine/flow/json.ts';
import { connect } from '#drizzle/client.ts';
import { permissions } from '../auth/permissions.ts';
import { call, nobody, signIn, withKey } from '../testing/browser.ts';
import type { Credentials, Outcome } from '../testing/browser.ts';
import { makeContent, sampleDocument } from '../testing/place.ts';
import { proceduresOf } from '../testing/procedures.ts';
import type { Place } from '../testing/place.ts';
import { createWorld } from '../testing/world.ts';
import type { World } from '../testing/world.ts';
import { isolationTable, refusedForAll } from './isolation-table.ts';
import type { Audience } from './isolation-table.ts';
import { appRouter } from './router.ts';

/** Every kind of person, as seen from the retailer that is aimed at. */
const kinds = [
  'partner admin', 'consultant', 'own viewer', 'sibling viewer', 'consultant key', 'viewer key',
  'other partner admin', 'other consultant', 'other viewer', 'other key', 'anonymous',
] as const;
type Kind = (typeof kinds)[number];

const staff: readonly Kind[] = ['partner admin', 'consultant', 'consultant key'];
const otherStaff: readonly Kind[] = ['other partner admin', 'other consultant', 'other key'];
const ownViewers: readonly Kind[] = ['own viewer', 'viewer key'];

/** The expected answer, from who the procedure is for and who asks. */
function expected(audience: Audience, kind: Kind): string {
  if (audience === 'anybody') return 'ok';
  if (kind === 'anonymous') return 'unauthenticated';
  if (audience === 'own list') return 'ok';
  if (audience === 'staff list') return staff.includes(kind) || otherStaff.includes(kind) ? 'ok' : 'forbidden';
  if (staff.includes(kind)) return 'ok';
  if (otherStaff.includes(kind)) return 'not_found';
  if (audience === 'staff') return 'forbidden';
  return ownViewers.includes(kind) ? 'ok' : 'not_found';
}

/** Markers that must never be in an answer to this kind of person. */
function foreign(kind: Kind): string[] {
  if (kind === 'anonymous') return ['AlderOwn', 'AlderSibling', 'BirchOwn'];
  if (kind.startsWith('other')) return ['AlderOwn', 'AlderSibling'];
  if (kind === 'sibling viewer') return ['AlderOwn', 'BirchOwn'];
  return ownViewers.includes(kind) ? ['AlderSibling', 'BirchOwn'] : ['BirchOwn'];
}

const procedures = proceduresOf(appRouter).map(({ path, definition }) => ({ path, type: definition.type, meta: definition.meta, fields: inputFields(definition.inputs) }));

let world: World;
let people: Record<Kind, Credentials>;
let engine: { boss: PgBoss; sql: ReturnType<typeof connect>['sql'] };

beforeAll(async () => {
  world = await createWorld();
  const { alder, birch, runtime } = world;
  const person = async (at: Parameters<World['addPerson']>[0]) => signIn(runtime, await world.addPerson(at));
  const key = async (at: Parameters<World['addApiKey']>[0]) => withKey(await world.addApiKey(at));
  const inAlder = { partnerId: alder.partnerId };
  const inBirch = { partnerId: birch.partnerId };
  people = {
    'partner admin': await person({ ...inAlder, role: 'partner_admin' }),
    consultant: await person({ ...inAlder, role: 'consultant' }),
    'own viewer': await person({ ...inAlder, role: 'retailer_viewer', retailerId: alder.own.retailerId }),
    'sibling viewer': await person({ ...inAlder, role: 'retailer_viewer', retailerId: alder.sibling.retailerId }),
    'consultant key': await key({ ...inAlder, role: 'consultant' }),
    'viewer key': await key({ ...inAlder, role: 'retailer_viewer', retailerId: alder.own.retailerId }),
    'other partner admin': await person({ ...inBirch, role: 'partner_admin' }),
    'other consultant': await person({ ...inBirch, role: 'consultant' }),
    'other viewer': await person({ ...inBirch, role: 'retailer_viewer', retailerId: birch.own.retailerId }),
    'other key': await key({ ...inBirch, role: 'consultant' }),
    anonymous: nobody,
  };
  engine = await answerConnectionTests(world.engineUrl);
});

afterAll(async () => {
  await engine.boss.stop({ graceful: false });
  await engine.sql.end();
  await world.close();
});

it('has a case for every procedure and no other', () => {
  expect(Object.keys(isolationTable).sort()).toEqual(procedures.map(({ path }) => path).sort());
});

it('declares a scope on every procedure; public ones are exactly the ones for anybody', () => {
  const scopes = procedures.map(({ path, meta }) => ({ path, public: meta?.scope === 'public', known: meta?.scope === 'public' || permissions.some((permission) => permission === meta?.scope) }));
  expect(scopes).toEqual(procedures.map(({ path }) => ({ path, public: isolationTable[path]?.audience === 'anybody', known: true })));
});

describe.each(procedures)('$path', ({ path, type, fields }) => {
  const entry = isolationTable[path];

  it.each(kinds)('answers %s as the table says', async (kind) => {
    const place = await freshPlace();
    const outcome = await call(world.runtime, people[kind], { type, path, input: entry?.input?.(place) });
    const wanted = expected(entry?.audience ?? 'staff', kind);
    expect(codeOf(outcome)).toBe(wanted === 'ok' ? (refusedForAll[path] ?? 'ok') : wanted);
    for (const marker of foreign(kind)) expect(JSON.stringify(outcome)).not.toContain(marker);
  });

  it.each(fields)('finds nothing when %s is another partner\'s', async (field) => {
    for (const kind of staff) {
      const own = await freshPlace();
      const input = { ...entry?.input?.(own), [field]: foreignValue(field, world.birch.own) };
      const outcome = await call(world.runtime, people[kind], { type, path, input });
      expect({ kind, code: codeOf(outcome) }).toEqual({ kind, code: 'not_found' });
      expect(JSON.stringify(outcome)).not.toContain('BirchOwn');
    }
  });
});

/** Two ids that belong together must belong to the same retailer, also within one partner. */
it.each([
  ['flow.restore', 'versionId'], ['flow.activate', 'versionId'], ['flow.create', 'docText'], ['flow.saveDraft', 'docText'],
  ['test.start', 'docText'], ['test.start', 'eventId'], ['test.start', 'flowId'],
])('%s finds nothing when %s is a sibling retailer\'s', async (path, field) => {
  const own = await freshPlace();
  const input = { ...isolationTable[path]?.input?.(own), [field]: foreignValue(field, world.alder.sibling) };
  expect(codeOf(await call(world.runtime, people['partner admin'], { type: 'mutation', path, input }))).toBe('not_found');
});

it.each(['own viewer', 'viewer key'] as const)('shows the %s a graph without configuration and no addresses', async (kind) => {
  const place = await freshPlace();
  const outcome = await call(world.runtime, people[kind], { type: 'query', path: 'flow.get', input: { flowId: place.flowId } });
  const text = JSON.stringify(outcome);
  expect(outcome).toMatchObject({ ok: true, data: { endpoints: [] } });
  expect(text).toContain('Send AlderOwn');
  expect(text).not.toContain(place.connectionId);
  expect(text).not.toContain('/orders');
});

function codeOf(outcome: Outcome): string {
  return outcome.ok ? 'ok' : outcome.code;
}

function freshPlace(): Promise<Place> {
  const { partnerId, retailerId, marker } = world.alder.own;
  return world.asOwner((db) => makeContent(db, { partnerId, retailerId, marker }));
}

/** Ids in the input, and the document, which names connections. Node ids are the document's own, and ids of a pair other systems'. */
function inputFields(inputs: unknown[]): string[] {
  const [schema] = inputs;
  if (typeof schema !== 'object' || schema === null || !('shape' in schema) || typeof schema.shape !== 'object' || schema.shape === null) return [];
  return Object.keys(schema.shape).filter((field) => (/Ids?$/.test(field) && !/^(\w*nodeId|leftId|rightId)$/i.test(field)) || field === 'docText');
}

function foreignValue(field: string, place: Place): unknown {
  if (field === 'docText') return stringifyJson(sampleDocument(place.connectionId, 'x'));
  if (field.endsWith('Ids')) return [foreignValue(field.slice(0, -1), place)];
  const value = Object.entries(place).find(([key]) => key === field)?.[1];
  if (typeof value !== 'string') throw new Error(`A place has no ${field}: add it, so that it can be swapped.`);
  return value;
}

/** Takes connection tests from the queue and answers them, as an engine would. */
async function answerConnectionTests(engineUrl: string) {
  const { sql } = connect({ url: engineUrl, role: 'engine', max: 1 });
  const boss = new PgBoss({ connectionString: engineUrl, migrate: false, supervise: false, schedule: false, registerInstance: false });
  boss.on('error', () => undefined);
  await boss.start();
  await boss.work<{ testRunId: string }>('connection-test', { pollingIntervalSeconds: 0.5 }, async ([job]) => {
    await sql`update test_run set state = 'done', result = '{"ok":true,"status":200,"durationMs":3}' where id = ${job?.data.testRunId ?? null}`;
  });
  return { boss, sql };
}

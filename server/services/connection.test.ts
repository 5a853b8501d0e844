import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import * as schema from '#drizzle/schema/index.ts';
import { open } from '#engine/vault/seal.ts';
import { call, signIn } from '../testing/browser.ts';
import type { Credentials, Outcome } from '../testing/browser.ts';
import { makeContent } from '../testing/place.ts';
import type { Place } from '../testing/place.ts';
import { createWorld } from '../testing/world.ts';
import type { World } from '../testing/world.ts';

let world: World;
let consultant: Credentials;
let place: Place;

beforeAll(async () => {
  world = await createWorld();
  consultant = await signIn(world.runtime, await world.addPerson({ partnerId: world.alder.partnerId, role: 'consultant' }));
});
afterAll(() => world.close());
beforeEach(async () => {
  const { partnerId, retailerId, marker } = world.alder.own;
  place = await world.asOwner((db) => makeContent(db, { partnerId, retailerId, marker }));
});

const fields = { name: '', baseUrl: 'https://erp.example/api', authKind: 'bearer', authConfig: {} };
const mutate = (path: string, input: unknown) => call(world.runtime, consultant, { type: 'mutation', path, input });
const create = (more: object) => mutate('connection.create', { ...fields, retailerId: place.retailerId, name: `ERP ${place.flowId}`, ...more });
const list = () => call(world.runtime, consultant, { type: 'query', path: 'connection.list', input: { retailerId: place.retailerId } });
const credentialsOf = (id: string) => world.asOwner((db) => db.select().from(schema.credential).where(eq(schema.credential.connectionId, id)));

function idOf(outcome: Outcome): string {
  if (!outcome.ok) throw new Error(`refused: ${outcome.code} ${JSON.stringify(outcome.params)}`);
  return String(Object(outcome.data).id);
}

it('seals secrets for the engine, never shows them, and keeps the newest only', async () => {
  const id = idOf(await create({ secret: 'first secret', webhookSecret: 'hook secret' }));
  idOf(await mutate('connection.update', { ...fields, connectionId: id, name: `ERP ${place.flowId}`, secret: 'second secret' }));
  const rows = await credentialsOf(id);
  expect(rows.map((row) => [row.field, row.version]).sort()).toEqual([['secret', 2], ['webhook_secret', 1]]);
  for (const row of rows) {
    const aad = `${place.partnerId}/${id}/${row.field}/${row.version}`;
    expect(await open(world.sealingKey.privateKey, aad, row.sealed)).toBe(row.field === 'secret' ? 'second secret' : 'hook secret');
  }
  const shown = await list();
  expect(JSON.stringify(shown)).not.toMatch(/first secret|second secret|hook secret/);
  expect(shown).toMatchObject({ ok: true, data: expect.arrayContaining([expect.objectContaining({ id, hasSecret: true, hasWebhookSecret: true })]) });
});

it('keeps a secret from travelling to another host than it was given for', async () => {
  const id = idOf(await create({ secret: 'the secret' }));
  const moved = { ...fields, connectionId: id, name: `ERP ${place.flowId}`, baseUrl: 'https://evil.example/api' };
  expect(await mutate('connection.update', moved)).toMatchObject({ ok: false, code: 'invalid', params: { reason: 'secret_needed' } });
  idOf(await mutate('connection.update', { ...moved, baseUrl: 'https://erp.example/v2' }));
  idOf(await mutate('connection.update', { ...moved, secret: 'another' }));
  idOf(await mutate('connection.update', { ...moved, authKind: 'none' }));
  expect(await credentialsOf(id)).toEqual([]);
});

it('refuses a taken name, missing parts and credentials in the address', async () => {
  idOf(await create({}));
  expect(await create({})).toMatchObject({ ok: false, code: 'conflict', params: { reason: 'name_taken' } });
  expect(await create({ authKind: 'basic' })).toMatchObject({ ok: false, code: 'invalid', params: { reason: 'username_needed' } });
  expect(await create({ authKind: 'header' })).toMatchObject({ ok: false, code: 'invalid', params: { reason: 'header_needed' } });
  expect(await create({ baseUrl: 'https://user:pass@erp.example' })).toMatchObject({ ok: false, code: 'invalid', params: { reason: 'credentials_in_url' } });
  expect(await create({ baseUrl: 'file:///etc/passwd' })).toMatchObject({ ok: false, code: 'invalid' });
});

it('marks what means a private host, so that the operator\'s allow-list can decide; a public name stays public', async () => {
  const marked: (boolean | undefined)[] = [];
  for (const [n, baseUrl] of ['http://127.0.0.1:3002/erp', 'http://10.1.2.3', 'http://erp.internal:8443', 'http://[fd00::1]/', 'https://erp.example', 'https://8.8.8.8'].entries()) {
    const id = idOf(await create({ name: `${n} ${place.flowId}`, baseUrl }));
    const [row] = await world.asOwner((db) => db.select().from(schema.connection).where(eq(schema.connection.id, id)));
    marked.push(row?.allowPrivate);
  }
  expect(marked).toEqual([true, true, true, true, false, false]);
});

it('is not removed while a flow uses it', async () => {
  expect(await mutate('connection.remove', { connectionId: place.connectionId })).toMatchObject({ ok: false, code: 'conflict', params: { reason: 'in_use', flows: ['Flow AlderOwn'] } });
  const id = idOf(await create({ secret: 'x' }));
  idOf(await mutate('connection.remove', { connectionId: id }));
  expect(await credentialsOf(id)).toEqual([]);
});

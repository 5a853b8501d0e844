import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as schema from '#drizzle/schema/index.ts';
import { stringifyJson } from '#engine/flow/json.ts';
import { call, signIn } from '../testing/browser.ts';
import type { Credentials, Outcome } from '../testing/browser.ts';
import { makeContent, makeNode, sampleBody } from '../testing/place.ts';
import type { Place } from '../testing/place.ts';
import { createWorld } from '../testing/world.ts';
import type { World } from '../testing/world.ts';

let world: World;
let consultant: Credentials;
let admin: Credentials;
let place: Place;

beforeAll(async () => {
  world = await createWorld();
  const { partnerId } = world.alder;
  consultant = await signIn(world.runtime, await world.addPerson({ partnerId, role: 'consultant' }));
  admin = await signIn(world.runtime, await world.addPerson({ partnerId, role: 'partner_admin' }));
});
afterAll(() => world.close());
beforeEach(async () => {
  const { partnerId, retailerId, marker } = world.alder.own;
  place = await world.asOwner((db) => makeContent(db, { partnerId, retailerId, marker }));
});

const mutate = (path: string, input: unknown, who = consultant) => call(world.runtime, who, { type: 'mutation', path, input });
const query = (path: string, input: unknown, who = consultant) => call(world.runtime, who, { type: 'query', path, input });

function data(outcome: Outcome): Record<string, unknown> {
  if (!outcome.ok) throw new Error(`refused: ${outcome.code} ${JSON.stringify(outcome.params)}`);
  return Object(outcome.data);
}

/** The place's document under another label, to tell versions apart. */
function docWith(label: string): string {
  return stringifyJson({ ...place.doc, nodes: place.doc.nodes.map((node) => (node.id === 'start' ? { ...node, label } : node)) });
}

describe('drafts', () => {
  it('are saved once per revision; the late one is told what was saved meanwhile', async () => {
    const both = await Promise.all(['first', 'second'].map((label) => mutate('flow.saveDraft', { flowId: place.flowId, revision: 1, docText: docWith(label) })));
    const [won] = both.filter((outcome) => outcome.ok);
    const lost = both.find((outcome) => !outcome.ok);
    expect(won).toMatchObject({ ok: true, data: { revision: 2 } });
    const now = data(await query('flow.get', { flowId: place.flowId }));
    expect(lost).toMatchObject({ ok: false, code: 'conflict', status: 409, params: { reason: 'revision', revision: 2, docText: Object(now['draft']).docText } });
  });

  it('keep every digit, and may be unfinished, but must be readable', async () => {
    const odd = makeNode('odd', 'http-request', {});
    const docText = stringifyJson({ ...place.doc, nodes: [...place.doc.nodes, odd] }).replace('"value":null', '"value":820982911946154508');
    data(await mutate('flow.saveDraft', { flowId: place.flowId, revision: 1, docText }));
    expect(data(await query('flow.get', { flowId: place.flowId }))).toMatchObject({ draft: { docText } });
    for (const broken of ['{', '{"schemaVersion":99}', '[]', docText.replace('"filter"', '"sorcery"'), `{"__proto__":${docText}}`]) {
      expect(await mutate('flow.saveDraft', { flowId: place.flowId, revision: 2, docText: broken })).toMatchObject({ ok: false, code: 'invalid' });
    }
  });

  it('give each webhook trigger one address that never changes', async () => {
    const hook = makeNode('hook', 'webhook-trigger', { config: { connectionId: place.connectionId } });
    const docText = stringifyJson({ ...place.doc, nodes: [...place.doc.nodes, hook] });
    const first = data(await mutate('flow.saveDraft', { flowId: place.flowId, revision: 1, docText }));
    const second = data(await mutate('flow.saveDraft', { flowId: place.flowId, revision: 2, docText }));
    expect(first['endpoints']).toEqual([{ nodeId: 'hook', kind: 'webhook', url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:3001\/in\/[0-9A-Za-z]{32}$/) }]);
    expect(second['endpoints']).toEqual(first['endpoints']);
  });
});

describe('publishing', () => {
  it('freezes numbered versions, also when two publish at once', async () => {
    const both = await Promise.all([1, 2].map(() => mutate('flow.publish', { flowId: place.flowId, revision: 1, activate: true })));
    expect(both.map((outcome) => data(outcome)['number']).sort()).toEqual([2, 3]);
    expect(new Set(both.map((outcome) => data(outcome)['hash'])).size).toBe(1);
    await expect(world.asOwner((db) => db.update(schema.flowVersion).set({ doc: '{}' }).where(eq(schema.flowVersion.flowId, place.flowId)))).rejects.toThrow('Failed query');
  });

  it('refuses a stale revision, and a draft with problems, and names them', async () => {
    expect(await mutate('flow.publish', { flowId: place.flowId, revision: 7, activate: false })).toMatchObject({ ok: false, code: 'conflict' });
    const docText = stringifyJson({ ...place.doc, nodes: place.doc.nodes.map((node) => (node.id === 'send' ? makeNode('send', 'http-request') : node)) });
    data(await mutate('flow.saveDraft', { flowId: place.flowId, revision: 1, docText }));
    const refused = await mutate('flow.publish', { flowId: place.flowId, revision: 2, activate: true });
    expect(refused).toMatchObject({ ok: false, code: 'invalid', params: { reason: 'problems', problems: expect.arrayContaining([expect.objectContaining({ nodeId: 'send', severity: 'error' })]) } });
  });

  it('lets only a partner admin publish a webhook that verifies nobody', async () => {
    const hook = makeNode('start', 'webhook-trigger', { config: { verification: { recipe: 'none' }, connectionId: null } });
    const docText = stringifyJson({ ...place.doc, nodes: [hook, ...place.doc.nodes.slice(1)] });
    data(await mutate('flow.saveDraft', { flowId: place.flowId, revision: 1, docText }));
    expect(await mutate('flow.publish', { flowId: place.flowId, revision: 2, activate: true })).toMatchObject({ ok: false, params: { problems: [expect.objectContaining({ code: 'webhook_unverified_needs_admin' })] } });
    const { versionId } = data(await mutate('flow.publish', { flowId: place.flowId, revision: 2, activate: false }, admin));
    expect(await mutate('flow.activate', { flowId: place.flowId, versionId })).toMatchObject({ ok: false, code: 'invalid' });
    expect(await mutate('flow.activate', { flowId: place.flowId, versionId }, admin)).toMatchObject({ ok: true });
  });

  it('restores a version as the next revision of the draft, and switches off and on', async () => {
    data(await mutate('flow.saveDraft', { flowId: place.flowId, revision: 1, docText: docWith('changed') }));
    const before = data(await query('flow.list', { retailerId: place.retailerId }));
    expect(Object.values(before)).toContainEqual(expect.objectContaining({ id: place.flowId, state: 'live', draftChanged: true }));
    expect(await mutate('flow.restore', { flowId: place.flowId, versionId: place.versionId, revision: 2 })).toMatchObject({ ok: true, data: { revision: 3, docText: stringifyJson(place.doc) } });
    data(await mutate('flow.deactivate', { flowId: place.flowId }));
    expect(await mutate('event.send', { flowId: place.flowId, bodyText: '{}' })).toMatchObject({ ok: false, code: 'conflict', params: { reason: 'not_live' } });
    const paused = data(await query('flow.list', { retailerId: place.retailerId }));
    expect(Object.values(paused)).toContainEqual(expect.objectContaining({ id: place.flowId, state: 'paused', draftChanged: false }));
    data(await mutate('flow.activate', { flowId: place.flowId, versionId: place.versionId }));
    expect(data(await query('flow.get', { flowId: place.flowId }))).toMatchObject({ live: { active: true, number: 1 } });
  });
});

describe('events', () => {
  it('are taken letter for letter and ring their lane in the same transaction, once', async () => {
    const sent = [data(await mutate('event.send', { flowId: place.flowId, bodyText: sampleBody('x') })), data(await mutate('event.send', { flowId: place.flowId, bodyText: sampleBody('y') }))];
    const jobs = await world.asOwner((db) => db.execute(`select data->>'lane' as lane from pgboss.job where name = 'lane' and data->>'flowId' = '${place.flowId}'`));
    expect(jobs.length).toBeGreaterThan(0);
    expect(new Set(jobs.map((job) => job['lane'])).size).toBe(jobs.length);
    expect(data(await query('event.get', { eventId: sent[0]?.['eventId'] }))).toMatchObject({ bodyText: sampleBody('x') });
  });

  it('are refused when they break the limits of the ingress', async () => {
    for (const bodyText of ['', '{', `${'['.repeat(500)}${']'.repeat(500)}`, '{"__proto__":{}}']) {
      expect(await mutate('event.send', { flowId: place.flowId, bodyText })).toMatchObject({ ok: false, code: 'invalid', params: { reason: 'body' } });
    }
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signIn } from '../testing/browser.ts';
import type { Credentials } from '../testing/browser.ts';
import { createWorld } from '../testing/world.ts';
import type { World } from '../testing/world.ts';
import { handleHealth } from './handle-health.ts';
import { handleLogo } from './handle-logo.ts';
import { handleTrpc } from './handle-trpc.ts';

let world: World;
let who: Credentials;
const host = '127.0.0.1:3000';

beforeAll(async () => {
  world = await createWorld();
  who = await signIn(world.runtime, await world.addPerson({ partnerId: world.alder.partnerId, role: 'consultant' }), host);
});
afterAll(() => world.close());

function post(headers: Record<string, string>, body = JSON.stringify({ flowId: world.alder.own.flowId, name: 'Changed' })): Promise<Response> {
  return handleTrpc(new Request(`http://${host}/api/trpc/flow.rename`, { method: 'POST', headers: { host, ...who.headers, ...headers }, body }), world.runtime);
}

describe('another site', () => {
  const json = { 'content-type': 'application/json' };
  it.each([
    ['from another origin', { ...json, origin: 'https://evil.example' }, 403],
    ['from no origin at all', { ...json, origin: 'null' }, 403],
    ['from a sibling domain', { ...json, 'sec-fetch-site': 'same-site' }, 403],
    ['as the browser says', { ...json, 'sec-fetch-site': 'cross-site' }, 403],
    ['by a form', { 'content-type': 'text/plain' }, 415],
    ['by a form that pretends', { 'content-type': 'text/plain; application/json' }, 415],
  ])('cannot change anything %s', async (_how, headers, status) => {
    const response = await post(headers);
    expect(response.status).toBe(status);
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
  });

  it('is the only one that is refused', async () => {
    expect((await post({ ...json, origin: `http://${host}`, 'sec-fetch-site': 'same-origin' })).status).toBe(200);
    expect((await post(json)).status).toBe(200);
  });
});

it('refuses what is too long before it is parsed', async () => {
  const response = await post({ 'content-type': 'application/json' }, ' '.repeat(12_000_001));
  expect(response.status).toBe(413);
  expect(await response.json()).toMatchObject({ error: { data: { appCode: 'too_large' } } });
});

it('tells bad input by field, and nothing of what it does not expect', async () => {
  const response = await post({ 'content-type': 'application/json' }, '{"flowId":"nonsense"}');
  expect(response.status).toBe(400);
  const { error } = await response.json();
  expect(error.data).toMatchObject({ appCode: 'invalid', params: { reason: 'input', issues: expect.arrayContaining([expect.objectContaining({ path: 'flowId' })]) } });
  expect(JSON.stringify(error)).not.toMatch(/stack|node_modules/);
});

it('carries headers that make an answer data and nothing else', async () => {
  const response = await post({ 'content-type': 'application/json' });
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
    'content-security-policy': expect.stringContaining("default-src 'none'"),
    'cross-origin-resource-policy': 'same-origin',
  });
});

it('sets the language as a cookie, also for nobody', async () => {
  const request = new Request(`http://${host}/api/trpc/session.setLocale`, { method: 'POST', headers: { host, 'content-type': 'application/json' }, body: '{"locale":"de"}' });
  const response = await handleTrpc(request, world.runtime);
  expect(response.headers.getSetCookie()).toEqual([expect.stringContaining('weft-locale=de')]);
});

it('says whether it is well, and shows logos as the raster images they are', async () => {
  expect((await handleHealth(new Request(`http://${host}/api/health`), world.runtime)).status).toBe(200);
  const logo = await handleLogo(new Request(`http://${host}/`), { runtime: world.runtime, partnerId: world.alder.partnerId });
  expect(logo.headers.get('content-type')).toBe('image/png');
  expect([...new Uint8Array(await logo.arrayBuffer())]).toEqual([1, 2, 3]);
  expect((await handleLogo(new Request(`http://${host}/`), { runtime: world.runtime, partnerId: "x' or 1=1" })).status).toBe(404);
});

import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as schema from '#drizzle/schema/index.ts';
import { handleAuth } from '../http/handle-auth.ts';
import { call, nobody, sendSignIn, signIn, withKey } from '../testing/browser.ts';
import { createWorld, password } from '../testing/world.ts';
import type { World } from '../testing/world.ts';
import { hashPassword, verifyPassword } from './password.ts';
import { consume } from './rate-limit.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const me = { type: 'query', path: 'session.me', input: undefined };
const consultant = () => world.addPerson({ partnerId: world.alder.partnerId, role: 'consultant' });

describe('signing in', () => {
  it('opens a session that lives in the database and ends with signing out', async () => {
    const who = await signIn(world.runtime, await consultant());
    const outcome = await call(world.runtime, who, me);
    expect(outcome).toMatchObject({ ok: true, data: { role: 'consultant', retailerId: null, partner: { slug: 'alder' }, brand: { name: 'Alder Brand' } } });

    const host = '127.0.0.1:3000';
    const out = await handleAuth(new Request(`http://${host}/api/auth/sign-out`, { method: 'POST', headers: { host, origin: `http://${host}`, ...who.headers } }), world.runtime);
    expect(out.status).toBe(200);
    expect(await call(world.runtime, who, me)).toMatchObject({ ok: false, code: 'unauthenticated', status: 401 });
  });

  it.each(['127.0.0.1:3000', 'localhost:3000', 'alder.localhost:3000', '[::1]:3000'])('works at %s without https, with a cookie scripts cannot read', async (host) => {
    const response = await sendSignIn(world.runtime, { email: await consultant(), password, host });
    expect(response.status).toBe(200);
    const cookie = response.headers.getSetCookie().find((line) => line.startsWith('weft.session_token=')) ?? '';
    expect(cookie).toMatch(/HttpOnly/i);
    expect(cookie).toMatch(/SameSite=Lax/i);
    expect(cookie).not.toMatch(/Secure/i);
  });

  it('marks the cookie Secure behind https', async () => {
    const email = await consultant();
    const response = await sendSignIn(world.runtime, { email, password, host: 'alder.localhost', headers: { 'x-forwarded-proto': 'https', origin: 'https://alder.localhost' } });
    expect(response.headers.getSetCookie().join()).toMatch(/__Secure-weft\.session_token=[^,]*Secure/i);
    expect(response.headers.get('strict-transport-security')).toBeTruthy();
  });

  it('answers a wrong password and an unknown person alike', async () => {
    const wrong = await sendSignIn(world.runtime, { email: await consultant(), password: 'wrong password' });
    const unknown = await sendSignIn(world.runtime, { email: 'nobody@people.example', password: 'wrong password' });
    expect([wrong.status, unknown.status]).toEqual([401, 401]);
    expect(await wrong.text()).toBe(await unknown.text());
  });

  it('politely refuses who has no membership, and who belongs to another partner than the host', async () => {
    const stranger = await sendSignIn(world.runtime, { email: await world.addPerson(null), password });
    expect(stranger.status).toBe(403);
    expect(await stranger.json()).toMatchObject({ code: 'NO_MEMBERSHIP' });
    const elsewhere = await sendSignIn(world.runtime, { email: await consultant(), password, host: 'birch.localhost' });
    expect(elsewhere.status).toBe(403);
  });

  it('shuts out who lost the membership while signed in', async () => {
    const email = await consultant();
    const who = await signIn(world.runtime, email);
    await world.asOwner(async (db) => {
      const [person] = await db.select().from(schema.user).where(eq(schema.user.email, email));
      await db.delete(schema.membership).where(eq(schema.membership.userId, person?.id ?? ''));
    });
    expect(await call(world.runtime, who, me)).toMatchObject({ ok: false, code: 'forbidden', params: { reason: 'no_membership' } });
  });

  it('stops guessing at one account, from whatever address, without counting what succeeds', async () => {
    const email = await consultant();
    for (let n = 0; n < 12; n++) await signIn(world.runtime, email);
    const guess = (n: number) => sendSignIn(world.runtime, { email, password: `guess ${n}`, headers: { 'x-forwarded-for': `203.0.113.${n}` } });
    const statuses: number[] = [];
    for (let n = 0; n < 12; n++) statuses.push((await guess(n)).status);
    expect(statuses.slice(0, 10)).toEqual(Array(10).fill(401));
    expect(statuses.slice(10)).toEqual([429, 429]);
    expect((await sendSignIn(world.runtime, { email, password })).status).toBe(429);
  });

  it('counts attempts that come at once in one step, and forgets them with the window', async () => {
    const { db } = world.runtime.databases.auth;
    const at = (rule: { window: number; max: number }) => consume(db, 'one address', rule);
    const verdicts = await Promise.all(Array.from({ length: 40 }, () => at({ window: 60, max: 30 })));
    expect(verdicts.filter((verdict) => verdict.allowed)).toHaveLength(30);
    expect(verdicts.find((verdict) => !verdict.allowed)?.retryAfter).toBeGreaterThan(0);
    expect(await at({ window: 0, max: 30 })).toEqual({ allowed: true, retryAfter: null });
  });
});

describe('the doors of the library', () => {
  it.each([
    ['POST', 'sign-up/email'], ['POST', 'change-password'], ['POST', 'update-user'], ['GET', 'list-sessions'], ['POST', 'request-password-reset'],
    ['GET', 'ok'], ['GET', 'error'], ['GET', 'sign-in/email'], ['POST', 'sign-in/social'], ['POST', 'sign-in/email/'], ['POST', 'delete-user'],
  ])('%s %s is shut', async (method, path) => {
    const request = new Request(`http://127.0.0.1:3000/api/auth/${path}`, { method, headers: { host: '127.0.0.1:3000', 'content-type': 'application/json' }, ...(method === 'POST' ? { body: '{}' } : {}) });
    expect((await handleAuth(request, world.runtime)).status).toBe(404);
  });

  it('take nothing from other origins, unknown hosts, forms or long bodies', async () => {
    const email = await consultant();
    expect((await sendSignIn(world.runtime, { email, password, headers: { origin: 'https://evil.example' } })).status).toBe(403);
    expect((await sendSignIn(world.runtime, { email, password, headers: { 'sec-fetch-site': 'cross-site' } })).status).toBe(403);
    expect((await sendSignIn(world.runtime, { email, password, host: 'evil.example' })).status).toBe(421);
    expect((await sendSignIn(world.runtime, { email, password: 'x'.repeat(20_000) })).status).toBe(413);
    const form = new Request('http://127.0.0.1:3000/api/auth/sign-in/email', { method: 'POST', headers: { host: '127.0.0.1:3000', 'content-type': 'application/x-www-form-urlencoded' }, body: `email=${email}&password=${password}` });
    expect((await handleAuth(form, world.runtime)).status).toBe(400);
  });
});

describe('API keys', () => {
  it('speak for their partner until they expire or are revoked', async () => {
    const at = { partnerId: world.alder.partnerId, role: 'consultant' } as const;
    const past = new Date(Date.now() - 1000);
    expect(await call(world.runtime, withKey(await world.addApiKey(at)), me)).toMatchObject({ ok: true, data: { partner: { slug: 'alder' } } });
    expect(await call(world.runtime, withKey(await world.addApiKey({ ...at, expiresAt: past })), me)).toMatchObject({ ok: false, code: 'unauthenticated' });
    expect(await call(world.runtime, withKey(await world.addApiKey({ ...at, revokedAt: past })), me)).toMatchObject({ ok: false, code: 'unauthenticated' });
  });

  it('never fall back to the cookie when they are wrong', async () => {
    const who = await signIn(world.runtime, await consultant());
    expect(await call(world.runtime, { headers: { ...who.headers, authorization: 'Bearer weft_wrongwrongwrongwrong' } }, me)).toMatchObject({ ok: false, code: 'unauthenticated' });
    expect(await call(world.runtime, nobody, me)).toMatchObject({ ok: false, code: 'unauthenticated' });
  });
});

it('hashes passwords with argon2id at the stated cost', async () => {
  const hash = await hashPassword('secret');
  expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(await verifyPassword({ hash, password: 'secret' })).toBe(true);
  expect(await verifyPassword({ hash, password: 'Secret' })).toBe(false);
  expect(await verifyPassword({ hash: 'plain', password: 'plain' })).toBe(false);
});

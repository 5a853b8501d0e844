import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RateLimit } from '#engine/flow/rate-limit.ts';
import { testDatabase } from '#engine/testing/database.ts';
import { LiveSeed, type Tenant } from '#engine/testing/seed-live-flow.ts';
import { until } from '#engine/testing/until.ts';
import { generateSealingKey } from '#engine/vault/seal.ts';
import type { LiveConnection } from '../config/connections.ts';
import { openDatabase, type Database } from '../database.ts';
import { createShares } from './shares.ts';
import { createTokens } from './tokens.ts';
import { createTraffic, type CallAnswer, type Pass, type Refusal, type Traffic } from './traffic.ts';

const log = pino({ level: 'silent' });
let target: Awaited<ReturnType<typeof testDatabase>>;
let seed: LiveSeed;
let tenant: Tenant;
const databases: Database[] = [];
const stops: (() => Promise<void>)[] = [];
/** Two processes. */
const traffics: Traffic[] = [];

beforeAll(async () => {
  target = await testDatabase();
  seed = new LiveSeed(target.ownerUrl, (await generateSealingKey()).publicKey);
  tenant = await seed.tenant('Traffic');
  for (const owner of ['one', 'other']) {
    const database = openDatabase(target.engineUrl);
    databases.push(database);
    const { sql } = database;
    const more = (): void => traffic.serve();
    const shares = createShares({ sql, log, owner, more });
    const tokens = createTokens({ sql, log, owner, more });
    const traffic = createTraffic({ sql, log, owner, shares, tokens, resumed: () => undefined, probeMoved: () => undefined });
    traffics.push(traffic);
    stops.push(async () => {
      await traffic.stop();
      await tokens.stop();
      await shares.stop();
      await database.close();
    });
  }
});

afterAll(async () => {
  for (const stop of stops) await stop();
  await seed?.close();
  await target?.drop();
});

async function connection(rateLimit: RateLimit = { limits: [], headers: 'auto' }): Promise<LiveConnection> {
  const id = await seed.connection(tenant, { baseUrl: 'http://127.0.0.1:1' });
  return {
    ...tenant, id, baseUrl: new URL('http://127.0.0.1:1'), allowPrivate: true, authHeader: null, webhookSecrets: [], mask: null, concurrency: null, rateLimit, drainPerSecond: null,
  };
}

const WELL: CallAnswer = { sign: 'well', code: '', retryAfterMs: undefined, headers: {}, body: '', ms: 5 };
const enter = async (at: number, of: LiveConnection) => processAt(at).enter(of, { rank: 0, age: Date.now(), timeoutMs: 1_000 });

function processAt(at: number): Traffic {
  const traffic = traffics[at];
  if (!traffic) throw new Error('no process');
  return traffic;
}

function passOf(turn: Pass | Refusal): Pass {
  if (turn.type !== 'pass') throw new Error(turn.code);
  return turn;
}

test('a well connection without limits costs no promise', async () => {
  const one = await connection();
  processAt(0).leave(passOf(await enter(0, one)), WELL);
  const turn = processAt(0).enter(one, { rank: 0, age: 0, timeoutMs: 1_000 });
  expect(turn).toMatchObject({ type: 'pass' });
});

test('when a header says that nothing is left, no process calls until it is full again', async () => {
  const one = await connection();
  processAt(1).leave(passOf(await enter(1, one)), WELL);
  processAt(0).leave(passOf(await enter(0, one)), { ...WELL, headers: { 'x-ratelimit-limit': '100', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '5' } });
  for (const at of [0, 1]) {
    const turn = await until(async () => {
      const it = await enter(at, one);
      if (it.type === 'pass') processAt(at).leave(it, WELL);
      return it.type === 'refused' ? it : null;
    }, 5_000, 'the word to arrive');
    expect(turn.code).toBe('rate_budget');
    expect(turn.retryAfterMs).toBeGreaterThan(4_000);
  }
});

test('cost points that a GraphQL answer says are gone are not spent again by anybody', async () => {
  const one = await connection({ limits: [{ style: 'points', points: 1000, perSecond: 50, perCall: 100 }], headers: 'shopify-graphql' });
  const body = '{"data":{},"extensions":{"cost":{"throttleStatus":{"maximumAvailable":1000,"currentlyAvailable":120,"restoreRate":50}}}}';
  const first = passOf(await enter(0, one));
  processAt(0).leave(first, { ...WELL, body });
  // Somebody else uses the account: ours says 900, the vendor 120. The word is passed on with the next question.
  await until(async () => {
    const [row] = await seed.sql<{ level: number; leases: Record<string, [number, number]> }[]>`select level, leases from rate_budget where account = ${one.id} and part = 1`;
    return row && row.level + Object.values(row.leases).reduce((sum, [tokens]) => sum + tokens, 0) < 300;
  }, 5_000, 'the word to be passed on');
  const turns = await Promise.all(Array.from({ length: 6 }, (_, at) => enter(at % 2, one)));
  expect(turns.filter((turn) => turn.type === 'pass').length).toBeLessThanOrEqual(3);
  expect(turns.filter((turn) => turn.type === 'refused').every((turn) => turn.type === 'refused' && turn.code === 'rate_budget')).toBe(true);
});

test('a refused sign-in stops all processes until the row says otherwise', async () => {
  const one = await connection();
  processAt(1).leave(passOf(await enter(1, one)), WELL);
  const refusal = processAt(0).leave(passOf(await enter(0, one)), { ...WELL, sign: 'unauthorised', code: 'http_401' });
  expect(refusal).toMatchObject({ code: 'connection_paused' });
  const row = async () => (await seed.sql<{ state: string; reason_code: string | null }[]>`select state, reason_code from connection_health where connection_id = ${one.id}`)[0];
  await until(async () => (await row())?.state === 'paused', 5_000, 'the pause');
  expect((await row())?.reason_code).toBe('http_401');
  // weft_config is heard by watch-config.ts, which says so.
  processAt(1).healthChanged(one.id);
  const stopped = await until(async () => {
    const turn = await enter(1, one);
    if (turn.type === 'pass') processAt(1).leave(turn, WELL);
    return turn.type === 'refused' ? turn : null;
  }, 5_000, 'the pause to be heard');
  expect(stopped.code).toBe('connection_paused');
  await seed.sql`update connection_health set state = 'ok', reason_code = null where connection_id = ${one.id}`;
  for (const traffic of traffics) traffic.healthChanged(one.id);
  for (const at of [0, 1]) await until(async () => (await enter(at, one)).type === 'pass', 5_000, 'the resumption');
});

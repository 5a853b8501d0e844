import { createServer } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseAllowed } from './address-guard.ts';
import { callHttp } from './call-http.ts';
import { createPools, type Pools } from './pools.ts';

let pools: Pools;
let port = 0;
let heard = 0;
const held: (() => void)[] = [];
const vendor = createServer((_, response) => {
  heard += 1;
  held.push(() => response.end('{}'));
});

beforeAll(async () => {
  await new Promise<void>((resolve) => vendor.listen(0, '127.0.0.1', resolve));
  const address = vendor.address();
  port = typeof address === 'object' && address !== null ? address.port : 0;
  const allowed = parseAllowed(`127.0.0.1:${port}`) ?? [];
  pools = createPools({ allowed: () => [allowed].flat() });
});

afterAll(async () => {
  await pools.close();
  vendor.closeAllConnections();
  vendor.close();
});

const SOCKETS = 32;

test('a call that waited for a connection is not sent once its process lost the right to (R4)', async () => {
  const base = new URL(`http://127.0.0.1:${port}`);
  const connection = { id: 'c', baseUrl: base, allowPrivate: true, authHeader: null, webhookSecrets: [], mask: null, concurrency: null, rateLimit: { limits: [], headers: 'auto' as const }, drainPerSecond: null, retailerId: 'r', partnerId: 'p' };
  let lost = false;
  const mayStart = (): void => {
    if (lost) throw new Error('the lease is lost');
  };
  const calls = Array.from({ length: SOCKETS + 8 }, () => callHttp(pools, { method: 'POST', url: base, headers: [], body: '{}', timeoutMs: 5_000, connection, mayStart }));
  const settled = Promise.allSettled(calls);
  while (heard < SOCKETS) await new Promise((resolve) => setImmediate(resolve));
  lost = true;
  for (const answer of held.splice(0)) answer();
  const results = await settled;
  expect(heard).toBe(SOCKETS);
  const refused = results.filter((result) => result.status === 'rejected');
  expect(refused.map((result) => String(result.reason))).toEqual(Array.from({ length: 8 }, () => 'Error: the lease is lost'));
});

import { gzipSync } from 'node:zlib';
import { createServer, type Server } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { LiveConnection } from '../config/connections.ts';
import { parseAllowed } from './address-guard.ts';
import { addressOf, callHttp } from './call-http.ts';
import { createPools, type Pools } from './pools.ts';

interface Heard {
  url: string;
  authorization: string | undefined;
}

let vendor: Server;
let other: Server;
let vendorPort = 0;
let otherPort = 0;
let heard: Heard[] = [];
let pools: Pools;

function listen(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
}

beforeAll(async () => {
  other = createServer((request, response) => {
    heard.push({ url: `other${request.url}`, authorization: request.headers.authorization });
    response.end('{}');
  });
  otherPort = await listen(other);
  vendor = createServer((request, response) => {
    heard.push({ url: request.url ?? '', authorization: request.headers.authorization });
    if (request.url === '/loop') return void response.writeHead(302, { location: '/loop' }).end();
    if (request.url === '/away') return void response.writeHead(302, { location: `http://127.0.0.1:${otherPort}/x` }).end();
    if (request.url === '/moved') return void response.writeHead(307, { location: '/there' }).end();
    if (request.url === '/bomb') return void response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(64 * 1024 * 1024)));
    if (request.url === '/gzip') return void response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('{"zipped":true}'));
    if (request.url === '/hang') return;
    response.end('{"ok":true}');
  });
  vendorPort = await listen(vendor);
  const allowed = [`127.0.0.1:${vendorPort}`, `127.0.0.1:${otherPort}`, `localhost:${vendorPort}`].flatMap((line) => parseAllowed(line) ?? []);
  pools = createPools({ allowed: () => allowed });
});

afterEach(() => {
  heard = [];
});

afterAll(async () => {
  await pools.close();
  vendor.closeAllConnections();
  vendor.close();
  other.close();
});

function connection(allowPrivate = true, path = ''): LiveConnection {
  return {
    id: 'c1', partnerId: 'p1', retailerId: 'r1', baseUrl: new URL(`http://127.0.0.1:${vendorPort}${path}`), allowPrivate,
    authHeader: ['authorization', 'Bearer secret-token'], webhookSecrets: [], mask: null, concurrency: null, rateLimit: { limits: [], headers: 'auto' }, drainPerSecond: null,
  };
}

function get(path: string, options: { connection?: LiveConnection | null; timeoutMs?: number; method?: string } = {}) {
  const used = options.connection === undefined ? connection() : options.connection;
  const url = addressOf(path, [], used);
  return callHttp(pools, { method: options.method ?? 'GET', url, headers: [], body: options.method === 'POST' ? '{}' : null, timeoutMs: options.timeoutMs ?? 5_000, connection: used });
}

describe('egress', () => {
  test('reaches an allowed private address with the connection\'s secret, keeps it for its own origin', async () => {
    expect((await get('/x')).answer).toMatchObject({ status: 200, body: '{"ok":true}' });
    expect(heard[0]?.authorization).toBe('Bearer secret-token');
    const away = await callHttp(pools, { method: 'GET', url: new URL(`http://127.0.0.1:${vendorPort}/x`), headers: [], body: null, timeoutMs: 1_000, connection: null }).catch((error: unknown) => error);
    expect(away).toMatchObject({ code: 'address_refused' });
  });

  test('refuses private addresses by literal, by name and by redirect', async () => {
    await expect(get('/x', { connection: connection(false) })).rejects.toMatchObject({ code: 'address_refused', failure: 'data' });
    await expect(get(`http://localhost:${vendorPort}/x`, { connection: null })).rejects.toMatchObject({ code: 'address_refused' });
    await expect(get('http://[::ffff:127.0.0.1]/x', { connection: null })).rejects.toMatchObject({ code: 'address_refused' });
    await expect(get('http://0x7f000001/x', { connection: null })).rejects.toMatchObject({ code: 'address_refused' });
    // The other server is on the operator's list, but not this connection's host.
    await expect(get('/away')).rejects.toMatchObject({ code: 'address_refused' });
    expect(heard.filter((one) => one.url.startsWith('other'))).toEqual([]);
  });

  test('follows redirects by hand, a few', async () => {
    expect((await get('/moved', { method: 'POST' })).answer.status).toBe(200);
    expect(heard.map((one) => one.url)).toEqual(['/moved', '/there']);
    await expect(get('/loop')).rejects.toMatchObject({ code: 'too_many_redirects' });
    await expect(get('/away', { method: 'POST' })).rejects.toMatchObject({ code: 'redirect_refused' });
  });

  test('caps answers, decompressed too, and time', async () => {
    expect((await get('/gzip')).answer.body).toBe('{"zipped":true}');
    await expect(get('/bomb')).rejects.toMatchObject({ code: 'answer_too_large' });
    await expect(get('/hang', { timeoutMs: 300 })).rejects.toMatchObject({ code: 'timeout', failure: 'transient' });
  });

  test('a path stays below the connection\'s base address', () => {
    const base = connection(true, '/api/v1');
    expect(addressOf('/orders?x=1', [['y', 'a b']], base).href).toBe(`http://127.0.0.1:${vendorPort}/api/v1/orders?x=1&y=a+b`);
    expect(addressOf('//evil.example/x', [], base).hostname).toBe('127.0.0.1');
    expect(() => addressOf('/../../admin', [], base)).toThrow('leads out');
    expect(() => addressOf('/%2e%2e/%2e%2e/admin', [], base)).toThrow('leads out');
    expect(() => addressOf('ftp://x/y', [], null)).toThrow('connection');
  });
});

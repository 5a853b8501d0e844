import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { brotliCompressSync, constants, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type { LiveConnection } from '../config/connections.ts';
import { parseAllowed, type AllowedNetwork } from './address-guard.ts';
import { addressOf, callHttp, redirectTarget } from './call-http.ts';
import { createPools, type Pools, type Resolve } from './pools.ts';

vi.setConfig({ testTimeout: 20_000 });

const TIMEOUT_MS = 600;
/** What a call may take beyond its time limit: the shared clock, undici's coarse timers, a busy machine. */
const SLACK_MS = 2_500;
const MEGABYTE = 1024 * 1024;

const allowed: AllowedNetwork[] = [];
const servers: Server[] = [];
let pools: Pools;
let good: number;

/** A server that says what it likes once it was asked. @returns its port */
async function serve(speak: (socket: Socket, request: string) => void): Promise<number> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => speak(socket, chunk.toString('latin1')));
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  allowed.push(...[parseAllowed(`127.0.0.1:${port}`)].flatMap((one) => one ?? []));
  return port;
}

beforeAll(async () => {
  pools = createPools({ allowed: () => allowed });
  good = await serve((socket) => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}'));
});

afterEach(async () => {
  // Whatever was answered before: the next call goes through, and is quick.
  const started = performance.now();
  const { answer } = await get(good);
  if (answer.status !== 200 || answer.body !== '{}' || performance.now() - started > 1_000) throw new Error(`The next call fared badly: ${JSON.stringify(answer)}`);
});

afterAll(async () => {
  await pools.close();
  for (const server of servers) server.close();
});

function connectionTo(baseUrl: string): LiveConnection {
  return { id: 'c1', partnerId: 'p1', retailerId: 'r1', baseUrl: new URL(baseUrl), allowPrivate: true, authHeader: ['authorization', 'Bearer secret-token'], webhookSecrets: [], mask: null, concurrency: null, rateLimit: { limits: [], headers: 'auto' }, drainPerSecond: null };
}

function get(port: number, options: { path?: string; method?: string } = {}) {
  const connection = connectionTo(`http://127.0.0.1:${port}`);
  const url = addressOf(options.path ?? '/x', [], connection);
  return callHttp(pools, { method: options.method ?? 'GET', url, headers: [['x-api-key', 'mine'], ['x-plain', 'yes']], body: null, timeoutMs: TIMEOUT_MS, connection });
}

/** Repeats a write for as long as anybody listens. */
function forever(socket: Socket, chunk: Buffer | string, everyMs = 0): void {
  const write = (): void => {
    if (socket.destroyed) return;
    if (everyMs > 0) {
      socket.write(chunk);
      setTimeout(write, everyMs).unref();
    } else if (socket.write(chunk)) setImmediate(write);
    else socket.once('drain', write);
  };
  write();
}

const OK = 'HTTP/1.1 200 OK\r\n';
const packed = (encoding: string, body: Buffer) => Buffer.concat([Buffer.from(`${OK}content-encoding: ${encoding}\r\ncontent-length: ${body.length}\r\n\r\n`), body]);
const zeros = Buffer.alloc(100 * MEGABYTE);
const bombs = {
  gzip: gzipSync(zeros, { level: 1 }),
  deflate: deflateSync(zeros, { level: 1 }),
  raw: deflateRawSync(zeros, { level: 1 }),
  brotli: brotliCompressSync(zeros, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } }),
};

interface Case {
  name: string;
  speak(socket: Socket, request: string): void;
  failure?: { failure: string; code: string };
  answer?: { status: number; body?: string };
}

const timeout = { failure: 'transient', code: 'timeout' };
const tooLarge = { failure: 'data', code: 'answer_too_large' };
const invalid = { failure: 'transient', code: 'answer_invalid' };
const network = { failure: 'transient', code: 'network' };

const cases: Case[] = [
  // Time.
  { name: 'accepts and says nothing', speak: () => undefined, failure: timeout },
  { name: 'slow-loris status line', speak: (socket) => forever(socket, 'H', 50), failure: { failure: 'transient', code: 'answer_invalid' } },
  { name: 'slow-loris headers', speak: (socket) => { socket.write(OK); forever(socket, 'x-a: b\r\n', 50); }, failure: timeout },
  { name: 'one header that never ends, slowly', speak: (socket) => { socket.write(`${OK}x-a: `); forever(socket, 'b', 20); }, failure: timeout },
  { name: 'slow-loris body', speak: (socket) => { socket.write(`${OK}content-length: 100000\r\n\r\n`); forever(socket, 'x', 50); }, failure: timeout },
  { name: 'slow-loris chunks', speak: (socket) => { socket.write(`${OK}transfer-encoding: chunked\r\n\r\n`); forever(socket, '1\r\nx\r\n', 50); }, failure: timeout },
  { name: 'body that stops half way', speak: (socket) => socket.write(`${OK}content-length: 100\r\n\r\nhalf`), failure: timeout },
  { name: 'chunked body without an end', speak: (socket) => socket.write(`${OK}transfer-encoding: chunked\r\n\r\n2\r\n{}\r\n`), failure: timeout },
  { name: 'informational answers without end, slowly', speak: (socket) => forever(socket, 'HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n', 20), failure: timeout },
  { name: 'informational answers without end, fast', speak: (socket) => forever(socket, 'HTTP/1.1 102 Processing\r\n\r\n'.repeat(100)), failure: timeout },
  { name: '100 Continue without end', speak: (socket) => forever(socket, 'HTTP/1.1 100 Continue\r\n\r\n', 20), failure: network },
  // Size.
  { name: 'endless body', speak: (socket) => { socket.write(`${OK}\r\n`); forever(socket, Buffer.alloc(65_536, 120)); }, failure: tooLarge },
  { name: 'endless chunks', speak: (socket) => { socket.write(`${OK}transfer-encoding: chunked\r\n\r\n`); forever(socket, Buffer.from(`10000\r\n${'x'.repeat(65_536)}\r\n`)); }, failure: tooLarge },
  { name: 'announces more than it may', speak: (socket) => socket.write(`${OK}content-length: 99999999999\r\n\r\n`), failure: tooLarge },
  { name: 'gzip bomb', speak: (socket) => socket.write(packed('gzip', bombs.gzip)), failure: tooLarge },
  { name: 'deflate bomb', speak: (socket) => socket.write(packed('deflate', bombs.deflate)), failure: tooLarge },
  { name: 'raw deflate bomb', speak: (socket) => socket.write(packed('deflate', bombs.raw)), failure: tooLarge },
  { name: 'brotli bomb', speak: (socket) => socket.write(packed('br', bombs.brotli)), failure: tooLarge },
  { name: 'bomb in a bomb', speak: (socket) => socket.write(packed('gzip, gzip', gzipSync(bombs.gzip))), failure: { failure: 'data', code: 'encoding_unknown' } },
  { name: 'unknown compression', speak: (socket) => socket.write(packed('zstd', Buffer.from('x'))), failure: { failure: 'data', code: 'encoding_unknown' } },
  { name: 'a flood of headers', speak: (socket) => { socket.write(OK); forever(socket, `x-flood: ${'y'.repeat(1000)}\r\n`.repeat(20)); }, failure: tooLarge },
  { name: 'one giant header', speak: (socket) => { socket.write(`${OK}x-flood: `); forever(socket, Buffer.alloc(65_536, 120)); }, failure: tooLarge },
  { name: 'a giant status line', speak: (socket) => { socket.write('HTTP/1.1 200 '); forever(socket, Buffer.alloc(65_536, 120)); }, failure: timeout },
  { name: 'giant trailers', speak: (socket) => { socket.write(`${OK}transfer-encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n`); forever(socket, `x-trailer: ${'y'.repeat(1000)}\r\n`); }, failure: tooLarge },
  { name: 'giant chunk extensions', speak: (socket) => { socket.write(`${OK}transfer-encoding: chunked\r\n\r\n2;`); forever(socket, Buffer.alloc(65_536, 120)); }, failure: timeout },
  // Form.
  { name: 'HTTP/0.9', speak: (socket) => socket.end('<html>hello</html>'), failure: invalid },
  { name: 'HTTP/2 preface', speak: (socket) => socket.end('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'), failure: invalid },
  { name: 'TLS to a plain request', speak: (socket) => socket.end(Buffer.from([0x15, 3, 1, 0, 2, 2, 40])), failure: invalid },
  { name: 'closes without a word', speak: (socket) => socket.end(), failure: network },
  { name: 'resets', speak: (socket) => socket.resetAndDestroy(), failure: network },
  { name: 'closes within the headers', speak: (socket) => socket.end(`${OK}content-le`), failure: network },
  { name: 'closes within the body', speak: (socket) => socket.end(`${OK}content-length: 100\r\n\r\nhalf`), failure: network },
  { name: 'closes within a chunk', speak: (socket) => socket.end(`${OK}transfer-encoding: chunked\r\n\r\n64\r\nhalf`), failure: network },
  { name: 'two lengths', speak: (socket) => socket.end(`${OK}content-length: 2\r\ncontent-length: 3\r\n\r\n{}x`), failure: invalid },
  { name: 'a length and chunks', speak: (socket) => socket.end(`${OK}content-length: 2\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n`), failure: invalid },
  { name: 'a length that is no number', speak: (socket) => socket.end(`${OK}content-length: ten\r\n\r\n{}`), failure: invalid },
  { name: 'a negative length', speak: (socket) => socket.end(`${OK}content-length: -1\r\n\r\n{}`), failure: invalid },
  { name: 'a chunk length that is no number', speak: (socket) => socket.end(`${OK}transfer-encoding: chunked\r\n\r\nzz\r\n{}\r\n`), failure: invalid },
  { name: 'a chunk longer than any', speak: (socket) => socket.end(`${OK}transfer-encoding: chunked\r\n\r\nffffffffffffffffff\r\n{}\r\n`), failure: invalid },
  { name: 'a header with a null', speak: (socket) => socket.end(`${OK}x-a: b\0c\r\ncontent-length: 2\r\n\r\n{}`), failure: invalid },
  { name: 'a folded header', speak: (socket) => socket.end(`${OK}x-a: b\r\n c\r\ncontent-length: 2\r\n\r\n{}`), failure: invalid },
  { name: 'a status out of range', speak: (socket) => socket.end('HTTP/1.1 9999 No\r\ncontent-length: 0\r\n\r\n'), failure: invalid },
  { name: 'gzip that is none', speak: (socket) => socket.write(packed('gzip', Buffer.from('no gzip at all'))), failure: invalid },
  { name: 'gzip cut off', speak: (socket) => socket.write(packed('gzip', gzipSync('{"whole":true}').subarray(0, 15))), failure: invalid },
  { name: 'brotli that is none', speak: (socket) => socket.write(packed('br', Buffer.from('no brotli'))), failure: invalid },
  { name: 'switches protocols', speak: (socket) => socket.write('HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\n\r\n'), failure: network },
  // Odd, and taken.
  { name: 'bytes that are not UTF-8', speak: (socket) => socket.write(Buffer.concat([Buffer.from(`${OK}content-length: 3\r\n\r\n`), Buffer.from([0x61, 0xff, 0x62])])), answer: { status: 200, body: 'a\ufffdb' } },
  { name: 'more than the length said', speak: (socket) => socket.write(`${OK}content-length: 2\r\n\r\n{}HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\nforged`), answer: { status: 200, body: '{}' } },
  { name: 'chunk extensions', speak: (socket) => socket.write(`${OK}transfer-encoding: chunked\r\n\r\n2;a=b;c="d"\r\n{}\r\n0\r\n\r\n`), answer: { status: 200, body: '{}' } },
  { name: 'trailers that look like headers', speak: (socket) => socket.write(`${OK}transfer-encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\nretry-after: 9\r\nset-cookie: a=b\r\n\r\n`), answer: { status: 200, body: '{}' } },
  { name: 'raw deflate', speak: (socket) => socket.write(packed('deflate', deflateRawSync('{"raw":1}'))), answer: { status: 200, body: '{"raw":1}' } },
  { name: 'a few informational answers', speak: (socket) => socket.write(`HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 102 Processing\r\n\r\n${OK}content-length: 2\r\n\r\n{}`), answer: { status: 200, body: '{}' } },
  { name: '204 with a body', speak: (socket) => socket.end('HTTP/1.1 204 No Content\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\nforged'), answer: { status: 204, body: '' } },
  { name: 'a redirect without a place', speak: (socket) => socket.write('HTTP/1.1 302 Found\r\ncontent-length: 0\r\n\r\n'), answer: { status: 302 } },
];

describe('servers that misbehave', () => {
  test.each(cases)('$name', async ({ speak, failure, answer }) => {
    const port = await serve(speak);
    const started = performance.now();
    const memory = process.memoryUsage.rss();
    const result: unknown = await get(port).catch((error: unknown) => error);
    expect(result).toMatchObject(failure ?? { answer });
    expect(performance.now() - started).toBeLessThan(TIMEOUT_MS + SLACK_MS);
    expect(process.memoryUsage.rss() - memory).toBeLessThan(150 * MEGABYTE);
  });

  test('calls that wait for a connection run out of time as well', async () => {
    const port = await serve(() => undefined);
    const started = performance.now();
    const results = await Promise.allSettled(Array.from({ length: 100 }, () => get(port)));
    expect(new Set(results.map((one) => (one.status === 'rejected' ? one.reason.code : one.value)))).toEqual(new Set(['timeout']));
    expect(performance.now() - started).toBeLessThan(TIMEOUT_MS + SLACK_MS);
  });
});

describe('redirects', () => {
  const to = (location: string, status = 302) => (socket: Socket) => socket.write(`HTTP/1.1 ${status} Found\r\nlocation: ${location}\r\ncontent-length: 0\r\n\r\n`);

  test.each<[string, string, unknown]>([
    ['to a file', 'file:///etc/passwd', 'scheme_refused'],
    ['to ftp', 'ftp://127.0.0.1/x', 'scheme_refused'],
    ['to gopher', 'gopher://127.0.0.1:6379/_x', 'scheme_refused'],
    ['to data', 'data:text/plain,x', 'scheme_refused'],
    ['to javascript', 'javascript:alert(1)', 'scheme_refused'],
    ['to metadata', 'http://169.254.169.254/latest/meta-data/', 'address_refused'],
    ['to metadata, mapped', 'http://[::ffff:a9fe:a9fe]/latest', 'address_refused'],
    ['to loopback, decimal', 'http://2130706433/x', 'address_refused'],
    ['to loopback, octal', 'http://0177.0.0.1/x', 'address_refused'],
    ['to loopback, hexadecimal', 'http://0x7f.1/x', 'address_refused'],
    ['to loopback, short', 'http://127.1/x', 'address_refused'],
    ['to loopback, full-width digits', 'http://%EF%BC%91%EF%BC%92%EF%BC%97.0.0.1/x', 'address_refused'],
    ['to loopback, trailing dot', 'http://127.0.0.1./x', 'address_refused'],
    // Not every resolver knows it.
    ['to localhost, trailing dot', 'http://localhost./x', expect.stringMatching(/^(address_refused|network)$/)],
    ['to any address', 'http://0.0.0.0/x', 'address_refused'],
    ['to loopback, IPv6', 'http://[::1]/x', 'address_refused'],
    ['to any address, IPv6', 'http://[::]/x', 'address_refused'],
    ['to loopback, compatible', 'http://[::7f00:1]/x', 'address_refused'],
    ['to loopback, 6to4', 'http://[2002:7f00:1::]/x', 'address_refused'],
    ['to loopback, NAT64', 'http://[64:ff9b::7f00:1]/x', 'address_refused'],
    ['to loopback, local NAT64', 'http://[64:ff9b:1::7f00:1]/x', 'address_refused'],
    ['to loopback, translated', 'http://[::ffff:0:7f00:1]/x', 'address_refused'],
    ['to the network next door', 'http://10.0.0.1/x', 'address_refused'],
    ['with user info before the address', 'http://public.example@127.0.0.1/x', 'address_refused'],
    ['with user info and a password', 'http://a:b@[::1]/x', 'address_refused'],
    ['with a backslash', 'http:\\\\127.0.0.1\\x', 'address_refused'],
    ['with tabs in the name', 'http://127.0.\t0.1/x', 'address_refused'],
  ])('%s', async (_name, location, code) => {
    const port = await serve(to(location));
    await expect(get(port)).rejects.toMatchObject({ code });
  });

  test('a zone id is no address', async () => {
    const port = await serve(to('http://[fe80::1%25lo]/x'));
    expect((await get(port)).answer.status).toBe(302);
  });

  test.each(['http://public.example/x', 'http://8.8.8.8/x', 'HTTP://public.example:443/x'])('from https to %s is refused', (location) => {
    const answer = { status: 307, headers: { location }, body: '' };
    expect(() => redirectTarget(answer, new URL('https://public.example/a'))).toThrow('https to http');
  });

  test('a chain and a loop end', async () => {
    let asked = 0;
    const chain = await serve((socket) => {
      asked += 1;
      to(`/${asked}`)(socket);
    });
    await expect(get(chain)).rejects.toMatchObject({ code: 'too_many_redirects', failure: 'data' });
    expect(asked).toBe(6);
    const loop = await serve(to('/x'));
    await expect(get(loop)).rejects.toMatchObject({ code: 'too_many_redirects' });
  });

  test('slow hops together have the time of one call', async () => {
    const slow = await serve((socket) => void setTimeout(() => to('/again')(socket), 250).unref());
    const started = performance.now();
    await expect(get(slow)).rejects.toMatchObject({ code: 'timeout' });
    expect(performance.now() - started).toBeLessThan(TIMEOUT_MS + SLACK_MS);
  });

  test('another origin gets neither the connection\'s secret nor its private addresses', async () => {
    const heard: string[] = [];
    const other = await serve((socket, request) => {
      heard.push(request);
      socket.write(`${OK}content-length: 2\r\n\r\n{}`);
    });
    const from = await serve(to(`http://127.0.0.1:${other}/stolen`));
    await expect(get(from)).rejects.toMatchObject({ code: 'address_refused' });
    expect(heard).toEqual([]);
  });
});

describe('names', () => {
  type Answers = { address: string; family: number }[][];

  async function reach(answers: Answers): Promise<{ result: unknown; asked: number; heard: string[] }> {
    const heard: string[] = [];
    const port = await serve((socket, request) => {
      heard.push(request);
      socket.write(`${OK}content-length: 2\r\nconnection: close\r\n\r\n{}`);
    });
    let asked = 0;
    const resolve: Resolve = (_hostname, _options, callback) => {
      const answer = answers[Math.min(asked, answers.length - 1)] ?? [];
      asked += 1;
      setImmediate(() => callback(null, answer));
    };
    const rebound = createPools({ allowed: () => allowed, resolve });
    const url = new URL(`http://rebound.example:${port}/x`);
    const call = () => callHttp(rebound, { method: 'GET', url, headers: [], body: null, timeoutMs: TIMEOUT_MS, connection: null }).catch((error: unknown) => error);
    const results = [await call(), await call()];
    await rebound.close();
    return { result: results.at(-1), asked, heard };
  }

  const PUBLIC = { address: '203.0.114.1', family: 4 };
  const PRIVATE = { address: '127.0.0.1', family: 4 };

  test('that answer publicly first and privately then are not followed', async () => {
    const { result, heard } = await reach([[PUBLIC], [PRIVATE]]);
    expect(result).toMatchObject({ code: 'address_refused', failure: 'data' });
    expect(heard).toEqual([]);
  });

  test.each<[string, { address: string; family: number }[]]>([
    ['private', [PRIVATE]],
    ['public and private together', [PUBLIC, PRIVATE]],
    ['public A with loopback AAAA', [PUBLIC, { address: '::1', family: 6 }]],
    ['mapped', [{ address: '::ffff:127.0.0.1', family: 6 }]],
    ['NAT64 of a private address', [{ address: '64:ff9b::a00:1', family: 6 }]],
    ['metadata', [{ address: '169.254.169.254', family: 4 }]],
    ['link-local with a zone', [{ address: 'fe80::1%eth0', family: 6 }]],
    ['nothing', []],
    ['nonsense', [{ address: 'not an address', family: 4 }]],
  ])('%s answers are refused', async (_name, answer) => {
    const { result, heard } = await reach([answer]);
    expect(result).toMatchObject({ code: 'address_refused', failure: 'data' });
    expect(heard).toEqual([]);
  });

  test('are asked once for each connection, and the connection goes where the answer said', async () => {
    const sockets = new Set<Socket>();
    const port = await serve((socket) => sockets.add(socket) && socket.write(`${OK}content-length: 2\r\n\r\n{}`));
    allowed.push(...[parseAllowed(`pinned.example:${port}`)].flatMap((one) => one ?? []));
    let asked = 0;
    const pinned = createPools({
      allowed: () => allowed,
      resolve: (_hostname, _options, callback) => {
        asked += 1;
        callback(null, [PRIVATE]);
      },
    });
    const connection = connectionTo(`http://pinned.example:${port}`);
    for (let at = 0; at < 5; at += 1) {
      const { answer } = await callHttp(pinned, { method: 'GET', url: new URL('/x', connection.baseUrl), headers: [], body: null, timeoutMs: TIMEOUT_MS, connection });
      expect(answer.body).toBe('{}');
    }
    expect(asked).toBe(sockets.size);
    expect(asked).toBeLessThan(5);
    await pinned.close();
  });
});

/**
 * The far end of every measurement, a process of its own: `node bench/lib/sink.ts [port]`. It remembers each order's id.
 * POST /orders takes a mapped order · GET /wait?orders=N&timeout=MS answers when N different ones are there · GET /stats ·
 * GET /products?n=N all product records, or with &page=P&size=S one page of them, from 1 · POST /batches takes `{ records: […] }` ·
 * GET /wait?records=N likewise · GET /sample the first body · POST /ids a list of ids, answers which never came · POST /reset?stallAfter=N forgets everything and,
 * after N orders, neither records nor answers until POST /unstall.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { now } from './load.ts';
import { productsText } from './products.ts';

interface Waiter {
  ready(): boolean;
  done(): void;
}

const seen = new Map<string, number>();
let held: ServerResponse[] = [];
let waiters: Waiter[] = [];
let sample = '';
let stallAfter = Number.POSITIVE_INFINITY;
let received = 0;
let lastNewAt = 0;
let batches = 0;
let records = 0;
/** Different articles among the records; a bit per number. */
let articles = new Uint8Array(0);
let uniqueRecords = 0;
/** Batches by their idempotency key, to tell a repeated call from another one with the same contents. */
const batchKeys = new Map<string, number>();

const OK = Buffer.from('{"ok":true}');
const okHeaders = { 'content-type': 'application/json', 'content-length': OK.length };
const idPattern = /"orderId"\s*:\s*"([^"]+)"/;

function reset(stall: string | null): void {
  for (const response of held) response.destroy();
  seen.clear();
  held = [];
  sample = '';
  received = 0;
  lastNewAt = 0;
  batches = 0;
  records = 0;
  uniqueRecords = 0;
  articles = new Uint8Array(0);
  batchKeys.clear();
  stallAfter = stall === null ? Number.POSITIVE_INFINITY : Number(stall);
}

function stats() {
  return { received, unique: seen.size, duplicates: received - seen.size, held: held.length, lastNewAt, batches, records, uniqueRecords, repeatedBatches: batches - batchKeys.size };
}

function answer(response: ServerResponse, value: unknown): void {
  const body = Buffer.from(JSON.stringify(value));
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length });
  response.end(body);
}

function take(response: ServerResponse, body: string): void {
  if (seen.size >= stallAfter) {
    held.push(response);
    return;
  }
  const id = idPattern.exec(body)?.[1] ?? body;
  received += 1;
  if (!seen.has(id)) lastNewAt = now();
  seen.set(id, (seen.get(id) ?? 0) + 1);
  sample ||= body;
  response.writeHead(200, okHeaders);
  response.end(OK);
  wakeWaiters();
}

function wakeWaiters(): void {
  const ready = waiters.filter((waiter) => waiter.ready());
  if (ready.length === 0) return;
  waiters = waiters.filter((waiter) => !ready.includes(waiter));
  for (const waiter of ready) waiter.done();
}

const articlePattern = /"articleNo":"SKU-(\d+)"/g;

function takeBatch(response: ServerResponse, body: string, key: string | undefined): void {
  batches += 1;
  batchKeys.set(key ?? String(batches), 1);
  for (const match of body.matchAll(articlePattern)) {
    records += 1;
    const number = Number(match[1]);
    if (number >= articles.length) {
      const larger = new Uint8Array(Math.max(1_024, number * 2));
      larger.set(articles);
      articles = larger;
    }
    if (articles[number] === 0) {
      articles[number] = 1;
      uniqueRecords += 1;
      lastNewAt = now();
    }
  }
  sample ||= body;
  response.writeHead(200, okHeaders);
  response.end(OK);
  wakeWaiters();
}

function products(response: ServerResponse, query: URLSearchParams): void {
  const all = Number(query.get('n') ?? 1_000);
  const size = Number(query.get('size') ?? all);
  const from = (Number(query.get('page') ?? 1) - 1) * size;
  const body = Buffer.from(productsText(from, Math.max(0, Math.min(size, all - from))));
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length });
  response.end(body);
}

function wait(response: ServerResponse, query: URLSearchParams): void {
  const [orders, articlesWanted] = [Number(query.get('orders') ?? 0), Number(query.get('records') ?? 0)];
  const waiter = { ready: () => seen.size >= orders && uniqueRecords >= articlesWanted, done: () => undefined };
  const finish = (timedOut: boolean): void => {
    clearTimeout(timer);
    waiters = waiters.filter((one) => one !== waiter);
    answer(response, { timedOut, ...stats() });
  };
  const timer = setTimeout(() => finish(true), Number(query.get('timeout') ?? 60_000));
  waiter.done = () => {
    finish(false);
    return undefined;
  };
  waiters.push(waiter);
  if (waiter.ready()) waiter.done();
}

function missing(ids: string[]) {
  return { missing: ids.filter((id) => !seen.has(id)).length, twice: ids.filter((id) => (seen.get(id) ?? 0) > 1).length };
}

function route(request: IncomingMessage, response: ServerResponse, body: string): void {
  const url = new URL(request.url ?? '/', 'http://sink');
  const key = request.headers['idempotency-key'];
  if (url.pathname === '/orders') take(response, body);
  else if (url.pathname === '/batches') takeBatch(response, body, Array.isArray(key) ? key[0] : key);
  else if (url.pathname === '/products') products(response, url.searchParams);
  else if (url.pathname === '/wait') wait(response, url.searchParams);
  else if (url.pathname === '/sample') answer(response, { body: sample });
  else if (url.pathname === '/ids') answer(response, missing(JSON.parse(body)));
  else if (url.pathname === '/reset') {
    reset(url.searchParams.get('stallAfter'));
    answer(response, {});
  } else if (url.pathname === '/unstall') {
    stallAfter = Number.POSITIVE_INFINITY;
    for (const one of held) one.destroy();
    held = [];
    answer(response, {});
  } else answer(response, stats());
}

const server = createServer({ keepAliveTimeout: 120_000 }, (request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('error', () => undefined);
  request.on('end', () => route(request, response, Buffer.concat(chunks).toString('utf8')));
});
server.listen(Number(process.argv[2] ?? 0), '127.0.0.1', () => {
  const address = server.address();
  process.send?.({ port: typeof address === 'object' ? address?.port : null });
});
process.once('disconnect', () => process.exit(0));

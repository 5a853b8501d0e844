/**
 * The vendor of every scenario, a process of its own: `node bench/chaos/lib/far-main.ts LOG SEED`. Writes each call to the log before it answers
 * (so the log survives whatever happens next), then does what its program says. GET /pages?page=N&size=M&of=TOTAL serves records.
 */
import { createHash } from 'node:crypto';
import { openSync, writeSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { z } from 'zod';
import type { FarCall, FarOrder, FarProgram, FarStats } from './far-protocol.ts';
import { Random } from './random.ts';
import { processOfPort } from './socket-owner.ts';

const [, , logFile = '', seed = '1'] = process.argv;
const log = openSync(logFile, 'a');
const random = new Random(Number(seed));
const bodySchema = z.looseObject({ id: z.coerce.string().optional(), tenant: z.string().optional() });
const open = new Map<string, number>();
const mostOpen: Record<string, number> = {};
const keys = new Set<string>();
const owners = new WeakMap<object, number>();
let program: FarProgram = {};
let refused = new Set<string>();
let failing = new Set<string>();
let calls = 0;

interface Fate {
  applied: boolean;
  /** 0: cut, -1: silent. */
  status: number;
}

function fateOf(id: string): Fate {
  if (program.limitedSeconds !== undefined) return { applied: false, status: 429 };
  if (program.down || failing.has(id)) return { applied: false, status: 503 };
  if (refused.has(id)) return { applied: false, status: 422 };
  const { errors = 0, silences = 0, resets = 0 } = program;
  if (errors + silences + resets === 0) return { applied: true, status: 200 };
  const chance = random.next();
  if (chance < errors) return { applied: false, status: 500 };
  if (chance < errors + silences) return { applied: false, status: -1 };
  if (chance < errors + silences + resets) return { applied: true, status: 0 };
  return { applied: true, status: 200 };
}

function read(body: string): { id: string; tenant: string } {
  try {
    const parsed: unknown = JSON.parse(body);
    const found = bodySchema.safeParse(Array.isArray(parsed) ? parsed[0] : parsed);
    return { id: found.data?.id ?? '', tenant: found.data?.tenant ?? '' };
  } catch {
    return { id: '', tenant: '' };
  }
}

function take(request: IncomingMessage, response: ServerResponse, body: string): void {
  const path = request.url ?? '/';
  const key = String(request.headers['idempotency-key'] ?? '');
  const { id, tenant } = read(body);
  const fate = fateOf(id);
  const count = (open.get(tenant) ?? 0) + 1;
  open.set(tenant, count);
  mostOpen[tenant] = Math.max(mostOpen[tenant] ?? 0, count);
  calls += 1;
  if (key !== '') keys.add(key);
  const call: FarCall = {
    n: calls, at: performance.timeOrigin + performance.now(), method: request.method ?? '', path, key, id, tenant,
    digest: createHash('sha256').update(body).digest('hex').slice(0, 16), applied: fate.applied, status: Math.max(0, fate.status), open: count,
    pid: owners.get(request.socket) ?? 0,
  };
  writeSync(log, `${JSON.stringify(call)}\n`);
  let left = false;
  const leave = (): void => {
    if (!left) open.set(tenant, (open.get(tenant) ?? 1) - 1);
    left = true;
  };
  response.once('close', leave);
  if (fate.status === -1) return;
  const answer = (): void => {
    if (fate.status === 0) return void request.socket.destroy();
    const limit: Record<string, string> = fate.status === 429 ? { 'retry-after': String(program.limitedSeconds ?? 1) } : {};
    response.writeHead(fate.status, { 'content-type': 'application/json', ...limit });
    response.end(fate.status === 200 ? `{"ok":true,"id":${JSON.stringify(id)}}` : `{"error":${fate.status}}`);
  };
  if (program.delayMs) setTimeout(answer, program.delayMs);
  else answer();
}

/** Records made from their number alone, so that every reading of a page is the same. */
function page(response: ServerResponse, query: URLSearchParams): void {
  const size = Number(query.get('size') ?? 100);
  const first = (Number(query.get('page') ?? 1) - 1) * size;
  const count = Math.max(0, Math.min(size, Number(query.get('of') ?? 0) - first));
  const tenant = query.get('tenant') ?? '';
  const run = query.get('run') ?? '';
  const records = Array.from({ length: count }, (_, at) => ({ id: `${run}p${first + at}`, tenant, stock: (first + at) % 50 }));
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ records }));
}

const server = createServer({ keepAliveTimeout: 120_000 }, (request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('error', () => undefined);
  request.on('end', () => {
    const url = new URL(request.url ?? '/', 'http://far');
    if (request.method === 'GET' && url.pathname.endsWith('/pages')) page(response, url.searchParams);
    else take(request, response, Buffer.concat(chunks).toString('utf8'));
  });
});
server.on('connection', (socket) => owners.set(socket, processOfPort(socket.remotePort ?? 0, socket.localPort ?? 0)));
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.send?.({ port: typeof address === 'object' ? address?.port : 0 });
});

process.on('message', (order: FarOrder) => {
  if (order.program) {
    program = order.program;
    refused = new Set(program.refused);
    failing = new Set(program.failing);
  }
  const stats: FarStats = { calls, keys: keys.size, mostOpen };
  process.send?.({ ask: order.ask, stats });
});
process.once('disconnect', () => process.exit(0));

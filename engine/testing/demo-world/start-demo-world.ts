import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { stringifyJson, type Json } from '#engine/flow/json.ts';
import { faultsRequestSchema, noFaults } from './faults.ts';
import { openJournal, type Journal, type LogEntry } from './journal.ts';
import { renderPage } from './page.ts';
import { createReceiver, type Receiver } from './receive.ts';
import { systemNames, type DemoAnswer } from './system.ts';

export interface DemoWorldOptions {
  /** 0: any free port. */
  port?: number;
  host?: string;
  /** The log survives restarts here; left out: in memory only. */
  logFile?: string | null;
  /** Allows `POST /reset`, which forgets everything. */
  resettable?: boolean;
}

export interface DemoWorld {
  /** e.g. `http://127.0.0.1:3002`; the systems are below `/shop`, `/erp` and `/loyalty`. */
  url: string;
  /** What the systems received so far, in order. */
  log(): readonly LogEntry[];
  close(): Promise<void>;
}

const MAX_BODY = 5_000_000;

/** Starts the demo shop, ERP and loyalty service on one port. See README.md for what they speak. */
export async function startDemoWorld(options: DemoWorldOptions = {}): Promise<DemoWorld> {
  const host = options.host ?? '127.0.0.1';
  const journal = openJournal(options.logFile ?? null);
  let receiver = createReceiver(journal);

  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      // A caller that went away needs no answer; anything else is a fault of ours and must be seen.
      if (!response.headersSent) send(response, { status: 500, body: { error: 'demo_world_failed', message: String(error) } });
    });
  });

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://demo');
    const body = await readText(request);
    const name = systemNames.find((one) => url.pathname === `/${one}` || url.pathname.startsWith(`/${one}/`));
    if (name === undefined) {
      await administer(url, { method: request.method ?? 'GET', body }, response);
      return;
    }
    const answer = await receiver.receive(name, {
      method: request.method ?? 'GET',
      path: url.pathname.slice(name.length + 1),
      query: url.searchParams,
      headers: Object.fromEntries(Object.entries(request.headers).map(([key, value]) => [key, String(value)])),
      body,
    });
    if (answer === 'cut') response.destroy();
    else send(response, answer);
  }

  async function administer(url: URL, request: { method: string; body: string }, response: ServerResponse): Promise<void> {
    const route = `${request.method} ${url.pathname}`;
    if (route === 'GET /') sendPage(response, journal);
    else if (route === 'GET /health') send(response, { status: 200, body: { ok: true } });
    else if (route === 'GET /log') send(response, { status: 200, body: logSince(journal, Number(url.searchParams.get('since')) || 0) });
    else if (route === 'POST /faults') send(response, setFaults(receiver, request.body));
    else if (route === 'POST /reset' && options.resettable === true) {
      journal.clear();
      receiver = createReceiver(journal);
      send(response, { status: 200, body: { ok: true } });
    } else send(response, { status: 404, body: { error: 'not_found' } });
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, host, resolve);
  });
  return {
    url: `http://${host}:${portOf(server.address())}`,
    log: () => journal.entries,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function setFaults(receiver: Receiver, body: string): DemoAnswer {
  const parsed = faultsRequestSchema.safeParse(parseOrNull(body));
  if (!parsed.success) return { status: 400, body: { error: 'invalid', message: parsed.error.message } };
  for (const name of systemNames) receiver.faults[name] = parsed.data[name] ?? noFaults();
  return { status: 200, body: { ok: true } };
}

function logSince(journal: Journal, since: number): Json {
  return { entries: journal.entries.slice(since).map((entry) => ({ ...entry })), next: journal.entries.length };
}

function parseOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function send(response: ServerResponse, answer: DemoAnswer): void {
  response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers });
  response.end(stringifyJson(answer.body));
}

function sendPage(response: ServerResponse, journal: Journal): void {
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'" });
  response.end(renderPage(journal.entries));
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > MAX_BODY) throw new Error('The body is too large.');
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('The demo world has no port.');
  return address.port;
}

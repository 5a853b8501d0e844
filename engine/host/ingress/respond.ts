import type { IncomingMessage, ServerResponse } from 'node:http';

/** Ingress speaks JSON only, sets no cookies, and gives a browser nothing to run. */
const HEADERS = [
  'content-type', 'application/json',
  'x-content-type-options', 'nosniff',
  'content-security-policy', "sandbox; default-src 'none'",
  'cache-control', 'no-store',
];
/** How long a sender whose body is refused may go on sending until the connection is cut: a reset would hide our answer from it. */
const DRAIN_MS = 1_000;

export interface Answer {
  status: number;
  /** JSON text. */
  body: string;
  /** Names and values in turn. */
  headers?: string[];
}

/** Answers in JSON, unless an answer has begun already. */
export function respond(response: ServerResponse, answer: Answer): void {
  if (response.headersSent || response.destroyed) return;
  const { status, body } = answer;
  response.writeHead(status, [...HEADERS, 'content-length', String(Buffer.byteLength(body)), ...(answer.headers ?? [])]);
  response.end(body);
}

/** Answers at once, reads no more than it must, and ends the connection. */
export function respondAndClose(request: IncomingMessage, response: ServerResponse, answer: Answer): void {
  respond(response, { ...answer, headers: ['connection', 'close'] });
  const { socket } = request;
  const cut = setTimeout(() => socket.destroy(), DRAIN_MS);
  request.resume();
  request.once('end', () => clearTimeout(cut));
  socket.once('close', () => clearTimeout(cut));
}

export function failure(code: string): string {
  return JSON.stringify({ ok: false, error: code });
}

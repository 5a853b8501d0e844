import type { IncomingMessage, ServerResponse } from 'node:http';

/** Ingress speaks JSON only, sets no cookies, and gives a browser nothing to run. */
const HEADERS = [
  'content-type', 'application/json',
  'x-content-type-options', 'nosniff',
  'content-security-policy', "sandbox; default-src 'none'",
  'cache-control', 'no-store',
];
/** How long a sender whose body is refused may go on sending until the connection is cut: a reset would hide our answer from it. */
const DRAIN_MS = 5_000;

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

/**
 * Answers at once, but ends the answer, and with it the connection, only when the sender has said all or has had its time: a
 * connection closed in the middle of a body makes many senders lose the answer (RFC 9112, 9.6).
 */
export function respondAndClose(request: IncomingMessage, response: ServerResponse, { status, body }: Answer): void {
  if (response.headersSent || response.destroyed) return;
  response.writeHead(status, [...HEADERS, 'content-length', String(Buffer.byteLength(body)), 'connection', 'close']);
  response.write(body);
  const { socket } = request;
  const cut = setTimeout(() => socket.destroy(), DRAIN_MS);
  request.once('end', () => response.end());
  socket.once('close', () => clearTimeout(cut));
  request.resume();
}

export function failure(code: string): string {
  return JSON.stringify({ ok: false, error: code });
}

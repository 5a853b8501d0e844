import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Endpoints } from '../config/endpoints.ts';
import { NotAccepted, type Inbox } from '../inbox/accept-events.ts';
import type { Log } from '../log.ts';
import type { Replies } from '../state/replies.ts';
import { answerApi } from './answer-api.ts';
import { readBody } from './read-body.ts';
import { receive } from './receive.ts';
import { failure, respond, respondAndClose } from './respond.ts';

export interface IngressOptions {
  endpoints: Endpoints;
  /** Null when this process does not take events in; health is answered all the same. */
  inbox: Inbox | null;
  replies: Replies;
  log: Log;
  maxBodyBytes: number;
  anyLane(flowId: string, lanes: number): number;
  /** Whether the process can do its work at this moment. */
  ready(): Promise<boolean>;
}

/** Node's own answers to requests that could not be read, by the code of the error. */
const ABORTED: Record<string, string> = { ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout', HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large' };
const UNAUTHORIZED = { status: 401, body: failure('unauthorized') };
const HOOKS = '/in/';
const CALLS = '/api-in/';

/**
 * The engine's front door: POST /in/<key> (webhooks), POST /api-in/<key> (API triggers), GET /health, GET /ready. Unknown address, paused flow, wrong method and bad signature
 * get the same 401, so that guessing tells nothing.
 */
export function createIngress(options: IngressOptions): Server {
  const server = createServer(
    { requestTimeout: 30_000, headersTimeout: 10_000, keepAliveTimeout: 70_000, maxHeaderSize: 16_384, connectionsCheckingInterval: 2_000, noDelay: true },
    (request, response) => {
      handle(request, response, options).catch((error: unknown) => {
        options.log.error({ err: error }, 'a request could not be answered');
        respond(response, { status: 500, body: failure('internal') });
      });
    },
  );
  server.maxRequestsPerSocket = 0;
  // Half a request, garbage: there is not much to say to it. A slow sender is told so: after 408 it comes again, after 400 it gives up.
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    options.log.info({ code: error.code }, 'a request could not be read');
    if (!socket.writable || error.code === 'ECONNRESET') return void socket.destroy();
    socket.end(`HTTP/1.1 ${ABORTED[error.code ?? ''] ?? '400 Bad Request'}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
  });
  return server;
}

async function handle(request: IncomingMessage, response: ServerResponse, options: IngressOptions): Promise<void> {
  const url = request.url ?? '/';
  if (options.inbox && (url.startsWith(HOOKS) || url.startsWith(CALLS))) return takeIn(request, response, { ...options, inbox: options.inbox });
  if (url === '/health') return respond(response, { status: 200, body: '{"ok":true}' });
  if (url === '/ready') {
    const ready = await options.ready();
    return respond(response, ready ? { status: 200, body: '{"ok":true}' } : { status: 503, body: failure('not_ready') });
  }
  respondAndClose(request, response, { status: 404, body: failure('not_found') });
}

async function takeIn(request: IncomingMessage, response: ServerResponse, options: IngressOptions & { inbox: Inbox }): Promise<void> {
  const { inbox, log, endpoints } = options;
  const encoding = request.headers['content-encoding'];
  if (encoding !== undefined && encoding !== 'identity') return respondAndClose(request, response, { status: 415, body: failure('encoding_refused') });
  const body = await readBody(request, options.maxBodyBytes);
  if (!body.ok) return body.reason === 'too_large' ? respondAndClose(request, response, { status: 413, body: failure('too_large') }) : undefined;
  const url = request.url ?? '';
  const query = url.indexOf('?');
  const path = url.startsWith(HOOKS) ? HOOKS : CALLS;
  const key = query < 0 ? url.slice(path.length) : url.slice(path.length, query);
  try {
    const found = request.method === 'POST' ? endpoints.get(key) : null;
    const endpoint = found instanceof Promise ? await found : found;
    // A webhook's address is no API, nor the other way round.
    if (!endpoint || (endpoint.api !== null) !== (path === CALLS)) {
      log.info({ method: request.method }, 'delivery refused: no such endpoint');
      return respond(response, UNAUTHORIZED);
    }
    const received = receive({ endpoint, headers: request.headers, body: body.bytes, nowMs: Date.now(), anyLane: options.anyLane });
    if (received.type === 'refused') {
      log.info({ flowId: endpoint.flow.flowId, reason: received.reason }, 'delivery refused');
      return respond(response, UNAUTHORIZED);
    }
    if (received.type === 'bad_request') return respond(response, { status: 400, body: failure(received.code) });
    if (endpoint.api) return await answerApi(response, { endpoint, api: endpoint.api, event: received.event }, options);
    const accepted = await inbox.accept(received.event);
    respond(response, { status: 200, body: `{"ok":true,"eventId":"${accepted.eventId}"${accepted.duplicate ? ',"duplicate":true' : ''}}` });
  } catch (error) {
    if (!(error instanceof NotAccepted)) log.warn({ err: error }, 'a delivery could not be taken in');
    respond(response, { status: 503, body: failure('unavailable'), headers: ['retry-after', '1'] });
  }
}

import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import type { Context } from '../api/context.ts';
import { appRouter } from '../api/router.ts';
import type { Actor } from '../auth/actor.ts';
import { actorOfRequest } from '../auth/actor-of-request.ts';
import { trpcCodes } from '../errors/app-error.ts';
import type { AppErrorCode } from '../errors/app-error.ts';
import { describeForLog, log } from '../log.ts';
import type { Runtime } from '../runtime.ts';
import { localeOf } from './locale-of.ts';
import { readLimited } from './read-limited.ts';
import { isSameOrigin } from './same-origin.ts';
import { withSecurityHeaders } from './security-headers.ts';

export const trpcEndpoint = '/api/trpc';

/** A document of 2 MB or an event of 5 MB, escaped as a JSON string, with some room. */
const maxBodyBytes = 12_000_000;

/** Answers `/api/trpc/*`: limits and origin first, then the router. */
export async function handleTrpc(request: Request, runtime: Runtime): Promise<Response> {
  return withSecurityHeaders(request, await answer(request, runtime));
}

async function answer(request: Request, runtime: Runtime): Promise<Response> {
  // An API key is sent on purpose; only what a browser adds by itself can be abused by another site.
  if (request.headers.get('authorization') === null && !isSameOrigin(request.headers)) return refuse('forbidden', 403);
  if (request.method === 'GET') return route(request, runtime);
  if (request.method !== 'POST') return refuse('invalid', 405);
  // A form of another site cannot send JSON without asking first, and nobody is answered there.
  if (!/^application\/json\s*(;|$)/i.test(request.headers.get('content-type') ?? '')) return refuse('invalid', 415);
  const body = await readLimited(request, maxBodyBytes);
  if (body === null) return refuse('too_large', 413);
  return route(new Request(request.url, { method: 'POST', headers: request.headers, body, signal: request.signal }), runtime);
}

function route(request: Request, runtime: Runtime): Promise<Response> {
  return fetchRequestHandler({
    endpoint: trpcEndpoint,
    req: request,
    router: appRouter,
    maxBatchSize: 50,
    createContext: ({ resHeaders }) => createContext(runtime, { requestHeaders: request.headers, responseHeaders: resHeaders }),
  });
}

/** What one HTTP request brings along, for all calls batched in it. */
export function createContext(runtime: Runtime, headers: { requestHeaders: Headers; responseHeaders: Headers }): Context {
  let actor: Promise<Actor | null> | null = null;
  return {
    runtime,
    actor: () => (actor ??= actorOfRequest(runtime, headers.requestHeaders)),
    locale: localeOf(headers.requestHeaders),
    responseHeaders: headers.responseHeaders,
    logError: (path, error) => log.error({ path, ...describeForLog(error) }, 'A procedure failed.'),
  };
}

/** Answers in tRPC's shape, so that clients read it like any other error. */
function refuse(appCode: AppErrorCode, status: number): Response {
  const error = { message: appCode, code: -32600, data: { code: trpcCodes[appCode], httpStatus: status, appCode, params: {} } };
  return Response.json({ error }, { status });
}

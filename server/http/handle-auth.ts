import { partnerOfHost } from '../repositories/doors.ts';
import type { Runtime } from '../runtime.ts';
import { hostName, isLocalHost } from '../tenancy/local-host.ts';
import { isSecureRequest } from './is-secure-request.ts';
import { readLimited } from './read-limited.ts';
import { withSecurityHeaders } from './security-headers.ts';
import { isSameOrigin } from './same-origin.ts';

/** All of the library's doors that are open; what it adds with an upgrade stays shut. */
const open = new Set(['POST /api/auth/sign-in/email', 'POST /api/auth/sign-out', 'GET /api/auth/get-session']);
const maxBodyBytes = 16_000;

/** Answers `/api/auth/*`. */
export async function handleAuth(request: Request, runtime: Runtime): Promise<Response> {
  return withSecurityHeaders(request, await answer(request, runtime));
}

async function answer(request: Request, runtime: Runtime): Promise<Response> {
  const url = new URL(request.url);
  if (!open.has(`${request.method} ${url.pathname}`)) return refuse('NOT_FOUND', 404);
  const origin = await knownOrigin(request.headers, runtime);
  if (origin === null) return refuse('UNKNOWN_HOST', 421);
  if (!isSameOrigin(request.headers)) return refuse('INVALID_ORIGIN', 403);
  const body = request.method === 'POST' ? await readLimited(request, maxBodyBytes) : null;
  if (request.method === 'POST' && body === null) return refuse('TOO_LARGE', 413);
  const signIn = url.pathname.endsWith('/sign-in/email') ? readSignIn(body) : null;
  if (url.pathname.endsWith('/sign-in/email') && signIn === null) return refuse('INVALID_BODY', 400);
  const headers = new Headers(request.headers);
  headers.delete('content-length');
  // The library takes its own address, and so the origin it trusts, from the URL: it gets the host that was checked.
  const inner = new Request(`${origin}${url.pathname}`, {
    method: request.method,
    headers,
    ...(request.method === 'POST' ? { body: signIn ?? '{}' } : {}),
  });
  if (request.method === 'POST') inner.headers.set('content-type', 'application/json');
  return runtime.authFor(request.headers).handler(inner);
}

/** Only these fields go in: no redirect targets. A form of another site sends another content type and is refused here, too. */
function readSignIn(body: string | null): string | null {
  try {
    const read: unknown = JSON.parse(body ?? '');
    if (typeof read !== 'object' || read === null || !('email' in read) || !('password' in read)) return null;
    if (typeof read.email !== 'string' || typeof read.password !== 'string') return null;
    return JSON.stringify({ email: read.email.trim(), password: read.password, rememberMe: !('rememberMe' in read) || read.rememberMe !== false });
  } catch {
    return null;
  }
}

/** @returns the origin the browser asked, when its host is this machine or proved by a partner. */
async function knownOrigin(headers: Headers, runtime: Runtime): Promise<string | null> {
  const host = headers.get('host');
  const name = hostName(host);
  if (name === null) return null;
  if (!isLocalHost(name) && (await partnerOfHost(runtime.databases.auth.db, name)) === null) return null;
  return `${isSecureRequest(headers) ? 'https' : 'http'}://${host}`;
}

function refuse(code: string, status: number): Response {
  return Response.json({ code, message: code }, { status });
}

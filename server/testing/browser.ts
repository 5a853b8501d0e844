import { handleAuth } from '../http/handle-auth.ts';
import { handleTrpc } from '../http/handle-trpc.ts';
import type { Runtime } from '../runtime.ts';
import { password } from './world.ts';

export type Outcome = { ok: true; data: unknown } | { ok: false; code: string; status: number; params: Record<string, unknown> };

/** What a person sends along: a cookie, or a key, or nothing; always from their own page at `host`. */
export interface Credentials {
  host?: string;
  headers: Record<string, string>;
}

export const nobody: Credentials = { headers: {} };

export function withKey(key: string): Credentials {
  return { headers: { authorization: `Bearer ${key}` } };
}

/** Signs in through the real door. @throws Error with the answer when it is refused. */
export async function signIn(runtime: Runtime, email: string, host = '127.0.0.1:3000'): Promise<Credentials> {
  const response = await sendSignIn(runtime, { email, password, host });
  if (!response.ok) throw new Error(`Sign-in of ${email}: ${response.status} ${await response.text()}`);
  const cookie = response.headers.getSetCookie().map((line) => line.split(';')[0]).join('; ');
  return { host, headers: { cookie } };
}

export function sendSignIn(runtime: Runtime, form: { email: string; password: string; host?: string; headers?: Record<string, string> }): Promise<Response> {
  const host = form.host ?? '127.0.0.1:3000';
  const request = new Request(`http://${host}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { host, origin: `http://${host}`, 'content-type': 'application/json', ...form.headers },
    body: JSON.stringify({ email: form.email, password: form.password }),
  });
  return handleAuth(request, runtime);
}

/** Calls a procedure over HTTP as a browser would. Of a subscription the first event counts. */
export async function call(runtime: Runtime, who: Credentials, procedure: { type: string; path: string; input: unknown }): Promise<Outcome> {
  const host = who.host ?? '127.0.0.1:3000';
  const url = new URL(`http://${host}/api/trpc/${procedure.path}`);
  const headers = { host, ...who.headers };
  if (procedure.type === 'mutation') {
    const request = new Request(url, { method: 'POST', headers: { ...headers, origin: `http://${host}`, 'content-type': 'application/json' }, body: JSON.stringify(procedure.input ?? {}) });
    return readOutcome(await handleTrpc(request, runtime));
  }
  if (procedure.input !== undefined) url.searchParams.set('input', JSON.stringify(procedure.input));
  const abort = new AbortController();
  const response = await handleTrpc(new Request(url, { headers, signal: abort.signal }), runtime);
  if (procedure.type !== 'subscription') return readOutcome(response);
  const outcome = await readFirstEvent(response);
  abort.abort();
  return outcome;
}

async function readOutcome(response: Response): Promise<Outcome> {
  const read: { result?: { data: unknown }; error?: { data: { appCode: string; params: Record<string, unknown> } } } = await response.json();
  if (read.error === undefined) return { ok: true, data: read.result?.data ?? null };
  return { ok: false, code: read.error.data.appCode, status: response.status, params: read.error.data.params };
}

async function readFirstEvent(response: Response): Promise<Outcome> {
  if (!response.headers.get('content-type')?.startsWith('text/event-stream')) return readOutcome(response);
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    const error = /event: serialized-error\ndata: (.*)\n/.exec(text)?.[1];
    if (error !== undefined) {
      const read: { data: { appCode: string; params: Record<string, unknown>; httpStatus: number } } = JSON.parse(error);
      return { ok: false, code: read.data.appCode, status: read.data.httpStatus, params: read.data.params };
    }
    const data = /(?:^|\n\n)data: (\{.*\})\n/.exec(text)?.[1];
    if (data !== undefined) return { ok: true, data: JSON.parse(data) };
  }
  return { ok: false, code: 'ended', status: 0, params: {} };
}

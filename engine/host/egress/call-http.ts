import type { LiveConnection } from '../config/connections.ts';
import { EgressError } from './egress-error.ts';
import { exchangeHttp, type HttpAnswer } from './exchange-http.ts';
import type { Pools } from './pools.ts';

const MAX_REDIRECTS = 5;
const MAX_ANSWER_BYTES = 10 * 1024 * 1024;
const MAX_TIMEOUT_MS = 120_000;
/** Headers a flow may not set: they belong to the connection or to the protocol. */
const RESERVED = new Set(['host', 'content-length', 'transfer-encoding', 'connection', 'upgrade', 'keep-alive', 'te', 'trailer', 'expect', 'proxy-authorization']);

export interface OutgoingCall {
  method: string;
  url: URL;
  headers: [string, string][];
  body: string | null;
  timeoutMs: number;
  connection: LiveConnection | null;
  /** See HttpRequest. */
  mayStart?(): void;
}

/** The answer, and the headers that went out without the connection's secret. */
export interface SentCall {
  answer: HttpAnswer;
  requestHeaders: Record<string, string>;
}

/** The address a request means: absolute, or below the connection's base address. @throws EgressError */
export function addressOf(url: string, query: readonly [string, string][], connection: LiveConnection | null): URL {
  let address: URL;
  if (/^https?:\/\//i.test(url)) {
    if (!URL.canParse(url)) throw new EgressError('data', 'url_invalid', `${url} is not an address.`);
    address = new URL(url);
  } else {
    if (!connection) throw new EgressError('data', 'url_invalid', 'A path needs a connection it is below of.');
    // Below the base path, and only below: neither '..' nor '//host' may lead out of what the connection names.
    address = new URL(connection.baseUrl);
    const base = address.pathname.replace(/\/+$/, '');
    const [path = '', search = ''] = url.split(/\?(.*)/s);
    address.pathname = path === '' ? base || '/' : `${base}/${path.replace(/^\/+/, '')}`;
    address.search = search;
    if (base !== '' && address.pathname !== base && !address.pathname.startsWith(`${base}/`)) {
      throw new EgressError('data', 'url_invalid', 'The path leads out of the connection.');
    }
  }
  address.hash = '';
  address.username = '';
  address.password = '';
  for (const [name, value] of query) address.searchParams.append(name, value);
  return address;
}

/**
 * The one door to the outside. Redirects are followed by hand and judged like the first address; a redirect to another origin
 * loses the credentials, and a write is never repeated elsewhere.
 * @throws EgressError
 */
export async function callHttp(pools: Pools, call: OutgoingCall): Promise<SentCall> {
  const { connection } = call;
  const deadline = performance.now() + Math.min(call.timeoutMs, MAX_TIMEOUT_MS);
  let { url, method, body } = call;
  for (let redirects = 0; ; redirects += 1) {
    const own = connection !== null && url.origin === connection.baseUrl.origin;
    const requestHeaders = headersOf(call, body);
    const flat: string[] = [];
    for (const name in requestHeaders) flat.push(name, requestHeaders[name] ?? '');
    if (own && connection.authHeader) flat.push(connection.authHeader[0], connection.authHeader[1]);
    // The permission to reach private addresses is the connection's, for its own host.
    const pool = pools.poolFor(url, own && connection.allowPrivate);
    const timeoutMs = Math.max(1, deadline - performance.now());
    const answer = await exchangeHttp(pool, { method, path: url.pathname + url.search, headers: flat, body, timeoutMs, maxBytes: MAX_ANSWER_BYTES, ...(call.mayStart ? { mayStart: call.mayStart } : {}) });
    const target = redirectTarget(answer, url);
    if (target === null) return { answer, requestHeaders };
    if (redirects >= MAX_REDIRECTS) throw new EgressError('data', 'too_many_redirects', `More than ${MAX_REDIRECTS} redirects.`);
    if (method !== 'GET' && method !== 'HEAD') {
      // 303 says "look there"; 307 and 308 say "send it there", which only the same origin may say.
      if (answer.status === 303) [method, body] = ['GET', null];
      else if (target.origin !== url.origin) throw new EgressError('data', 'redirect_refused', `A write was redirected to ${target.origin}.`);
    }
    if (target.origin !== url.origin) call = { ...call, headers: call.headers.filter(([name]) => !/authorization|cookie|token|key|secret/i.test(name)) };
    url = target;
  }
}

function headersOf(call: OutgoingCall, body: string | null): Record<string, string> {
  const headers: Record<string, string> = { 'user-agent': 'weft', accept: 'application/json, */*', 'accept-encoding': 'gzip, deflate, br' };
  if (body !== null) headers['content-type'] = 'application/json';
  for (const [name, value] of call.headers) {
    const key = name.toLowerCase();
    // The connection's own sign-in wins over a header of the same name.
    if (RESERVED.has(key) || call.connection?.authHeader?.[0] === key) continue;
    if (!/^[a-z0-9!#$%&'*+.^_`|~-]+$/.test(key)) throw new EgressError('data', 'header_invalid', `${JSON.stringify(name)} is not a header name.`);
    if (/[\r\n\0]/.test(value)) throw new EgressError('data', 'header_invalid', `The value of ${name} holds a line break.`);
    headers[key] = value;
  }
  return headers;
}

/** Where an answer sends the call on to; null when nowhere. @throws EgressError */
export function redirectTarget(answer: HttpAnswer, from: URL): URL | null {
  if (![301, 302, 303, 307, 308].includes(answer.status)) return null;
  const { location } = answer.headers;
  if (location === undefined || !URL.canParse(location, from)) return null;
  const target = new URL(location, from);
  if (from.protocol === 'https:' && target.protocol !== 'https:') {
    throw new EgressError('data', 'redirect_refused', 'A redirect from https to http is not followed.');
  }
  target.username = '';
  target.password = '';
  return target;
}

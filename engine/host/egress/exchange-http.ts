import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync, type ZlibOptions } from 'node:zlib';
import type { Dispatcher, Pool } from 'undici';
import { untilDeadline, type Timed } from './deadlines.ts';
import { EgressError } from './egress-error.ts';

export interface HttpRequest {
  method: string;
  /** Path and query. */
  path: string;
  /** Names and values in turn. */
  headers: string[];
  body: string | null;
  /** From here to the last byte of the answer. */
  timeoutMs: number;
  maxBytes: number;
  /** Asked once more when the request's turn on a connection has come: @throws when it must not go out any more. */
  mayStart?(): void;
}

export interface HttpAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** One request, one answer, over a pool. No redirects, no retries. @throws EgressError */
export function exchangeHttp(pool: Pool, request: HttpRequest): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    const answer = new Answer(request, { resolve, reject });
    pool.dispatch(
      {
        path: request.path,
        method: asMethod(request.method),
        headers: request.headers,
        body: request.body,
        headersTimeout: request.timeoutMs,
        bodyTimeout: request.timeoutMs,
      },
      answer,
    );
    untilDeadline(answer);
  });
}

const METHODS: Record<string, Dispatcher.HttpMethod> = { GET: 'GET', HEAD: 'HEAD', POST: 'POST', PUT: 'PUT', PATCH: 'PATCH', DELETE: 'DELETE', OPTIONS: 'OPTIONS' };

function asMethod(method: string): Dispatcher.HttpMethod {
  const known = METHODS[method];
  if (!known) throw new EgressError('data', 'method_refused', `${method} is not allowed.`);
  return known;
}

/**
 * Collects an answer. A bare dispatch handler instead of `request()`: no stream, no abort signal and no timer of its own per
 * call; undici's coarse timers watch the gaps. A sender that drips, one that never stops announcing (1xx), and a wait for a free
 * connection are ended by the clock that all calls share.
 */
class Answer implements Dispatcher.DispatchHandler, Timed {
  readonly #request: HttpRequest;
  readonly #settle: { resolve(answer: HttpAnswer): void; reject(error: Error): void };
  readonly deadline: number;
  ended = false;
  #controller: Dispatcher.DispatchController | null = null;
  #status = 0;
  #headers: Record<string, string> = {};
  #chunks: Buffer[] = [];
  #bytes = 0;
  #refusal: Error | null = null;

  constructor(request: HttpRequest, settle: { resolve(answer: HttpAnswer): void; reject(error: Error): void }) {
    this.#request = request;
    this.#settle = settle;
    this.deadline = performance.now() + request.timeoutMs;
  }

  /** Requests queue for a connection; a process that was frozen meanwhile has no right to send those that waited. */
  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.ended) return void controller.abort(tooLate());
    try {
      this.#request.mayStart?.();
    } catch (error) {
      this.#refusal = error instanceof Error ? error : new Error(String(error));
      controller.abort(this.#refusal);
    }
  }

  onResponseStart(controller: Dispatcher.DispatchController, status: number, headers: Record<string, string | string[] | undefined>): void {
    this.#status = status;
    for (const name in headers) {
      const value = headers[name];
      if (value !== undefined) this.#headers[name] = typeof value === 'string' ? value : value.join(', ');
    }
    if (Number(this.#headers['content-length'] ?? 0) > this.#request.maxBytes) controller.abort(tooLarge(this.#request.maxBytes));
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#bytes += chunk.length;
    if (this.#bytes > this.#request.maxBytes) return void controller.abort(tooLarge(this.#request.maxBytes));
    this.#chunks.push(chunk);
  }

  /** Its time is over. What still waits for a connection learns of it when it gets one. */
  expire(): void {
    this.ended = true;
    this.#settle.reject(tooLate());
    this.#controller?.abort(tooLate());
  }

  onResponseEnd(): void {
    this.ended = true;
    try {
      const raw = this.#chunks.length === 1 && this.#chunks[0] ? this.#chunks[0] : Buffer.concat(this.#chunks);
      // The clock may hold on to this for a moment.
      this.#chunks = [];
      const body = decode(raw, this.#headers['content-encoding'], this.#request.maxBytes);
      this.#settle.resolve({ status: this.#status, headers: this.#headers, body });
    } catch (error) {
      this.#settle.reject(asEgressError(error));
    }
  }

  onResponseError(_controller: unknown, error: Error): void {
    this.ended = true;
    this.#settle.reject(this.#refusal ?? asEgressError(error));
  }
}

function tooLate(): EgressError {
  return new EgressError('transient', 'timeout', 'The answer took too long.');
}

function tooLarge(limit: number): EgressError {
  return new EgressError('data', 'answer_too_large', `The answer is larger than ${limit} bytes.`);
}

function decode(raw: Buffer, encoding: string | undefined, maxOutputLength: number): string {
  const options: ZlibOptions = { maxOutputLength };
  if (raw.length === 0) return '';
  switch (encoding?.trim().toLowerCase()) {
    case undefined:
    case 'identity':
      return raw.toString('utf8');
    case 'gzip':
    case 'x-gzip':
      return gunzipSync(raw, options).toString('utf8');
    case 'deflate':
      // By the book with a zlib header, in the wild also without.
      return ((raw[0] ?? 0) % 16 === 8 ? inflateSync(raw, options) : inflateRawSync(raw, options)).toString('utf8');
    case 'br':
      return brotliDecompressSync(raw, options).toString('utf8');
    default:
      throw new EgressError('data', 'encoding_unknown', `The answer is encoded as ${encoding}.`);
  }
}

const TIMEOUTS = new Set(['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT', 'UND_ERR_CONNECT_TIMEOUT', 'ETIMEDOUT']);

/** Not HTTP, a wrong length, or compressed data that is none. */
const INVALID = /^(UND_ERR_RES_CONTENT_LENGTH_MISMATCH|Z_|ERR__ERROR_FORMAT|ERR_BROTLI|ERR_PADDING)/;

/** Every failure of the network is worth another try; what the guard refused is not. */
export function asEgressError(error: unknown): EgressError {
  if (error instanceof EgressError) return error;
  if (!(error instanceof Error)) return new EgressError('transient', 'network', String(error));
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (error.cause instanceof EgressError) return error.cause;
  if (code === 'ERR_BUFFER_TOO_LARGE') return new EgressError('data', 'answer_too_large', 'The answer is too large once decompressed.');
  if (code === 'UND_ERR_HEADERS_OVERFLOW') return new EgressError('data', 'answer_too_large', 'The headers of the answer are too large.');
  // A proxy in trouble answers like this too: worth another try.
  if (INVALID.test(code) || error.name === 'HTTPParserError') return new EgressError('transient', 'answer_invalid', `The answer is not valid HTTP: ${error.message}`);
  if (TIMEOUTS.has(code)) return new EgressError('transient', 'timeout', error.message);
  return new EgressError('transient', 'network', code === '' ? error.message : `${code}: ${error.message}`);
}

import { brotliDecompressSync, gunzipSync, inflateSync, type ZlibOptions } from 'node:zlib';
import type { Dispatcher, Pool } from 'undici';
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
    pool.dispatch(
      {
        path: request.path,
        method: asMethod(request.method),
        headers: request.headers,
        body: request.body,
        headersTimeout: request.timeoutMs,
        bodyTimeout: request.timeoutMs,
      },
      new Answer(request, { resolve, reject }),
    );
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
 * call; undici's coarse timers watch the gaps, and a sender that drips is caught by the clock below.
 */
class Answer implements Dispatcher.DispatchHandler {
  readonly #request: HttpRequest;
  readonly #settle: { resolve(answer: HttpAnswer): void; reject(error: Error): void };
  readonly #deadline: number;
  #status = 0;
  #headers: Record<string, string> = {};
  #chunks: Buffer[] = [];
  #bytes = 0;
  #refusal: Error | null = null;

  constructor(request: HttpRequest, settle: { resolve(answer: HttpAnswer): void; reject(error: Error): void }) {
    this.#request = request;
    this.#settle = settle;
    this.#deadline = performance.now() + request.timeoutMs;
  }

  /** Requests queue for a connection; a process that was frozen meanwhile has no right to send those that waited. */
  onRequestStart(controller: Dispatcher.DispatchController): void {
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
    if (performance.now() > this.#deadline) return void controller.abort(new EgressError('transient', 'timeout', 'The answer took too long.'));
    this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    try {
      const raw = this.#chunks.length === 1 && this.#chunks[0] ? this.#chunks[0] : Buffer.concat(this.#chunks);
      const body = decode(raw, this.#headers['content-encoding'], this.#request.maxBytes);
      this.#settle.resolve({ status: this.#status, headers: this.#headers, body });
    } catch (error) {
      this.#settle.reject(asEgressError(error));
    }
  }

  onResponseError(_controller: unknown, error: Error): void {
    this.#settle.reject(this.#refusal ?? asEgressError(error));
  }
}

function tooLarge(limit: number): EgressError {
  return new EgressError('data', 'answer_too_large', `The answer is larger than ${limit} bytes.`);
}

function decode(raw: Buffer, encoding: string | undefined, maxOutputLength: number): string {
  const options: ZlibOptions = { maxOutputLength };
  switch (encoding) {
    case undefined:
    case 'identity':
      return raw.toString('utf8');
    case 'gzip':
    case 'x-gzip':
      return gunzipSync(raw, options).toString('utf8');
    case 'deflate':
      return inflateSync(raw, options).toString('utf8');
    case 'br':
      return brotliDecompressSync(raw, options).toString('utf8');
    default:
      throw new EgressError('data', 'encoding_unknown', `The answer is encoded as ${encoding}.`);
  }
}

const TIMEOUTS = new Set(['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT', 'UND_ERR_CONNECT_TIMEOUT', 'ETIMEDOUT']);

/** Every failure of the network is worth another try; what the guard refused is not. */
export function asEgressError(error: unknown): EgressError {
  if (error instanceof EgressError) return error;
  if (!(error instanceof Error)) return new EgressError('transient', 'network', String(error));
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (error.cause instanceof EgressError) return error.cause;
  if (code === 'ERR_BUFFER_TOO_LARGE') return new EgressError('data', 'answer_too_large', 'The answer is too large once decompressed.');
  if (TIMEOUTS.has(code)) return new EgressError('transient', 'timeout', error.message);
  return new EgressError('transient', 'network', code === '' ? error.message : `${code}: ${error.message}`);
}

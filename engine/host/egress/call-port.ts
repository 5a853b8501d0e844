import { newId } from '../new-id.ts';
import type { CallResult } from '#engine/nodes/step.ts';
import { StaleRun } from '#engine/run/journal.ts';
import type { PortCall } from '#engine/run/ports.ts';
import type { Connections, LiveConnection } from '../config/connections.ts';
import { faultPoint } from '../fault-points.ts';
import type { ExchangeRecord } from '../journal/run-write.ts';
import type { Sign } from '../traffic/health.ts';
import type { CallAnswer, Pass, Refusal, Traffic } from '../traffic/traffic.ts';
import { addressOf, callHttp } from './call-http.ts';
import { classifyStatus, retryAfterMs } from './classify.ts';
import type { EgressError } from './egress-error.ts';
import { asEgressError } from './exchange-http.ts';
import { maskHeaders, maskUrl } from './mask.ts';
import type { Pools } from './pools.ts';

/** Whose call it is, and where it is recorded. */
export interface CallContext {
  retailerId: string;
  /** For traces. */
  runId?: string;
  record(exchange: ExchangeRecord): void;
  /** The body is the record itself, which the journal has already. */
  bodyIsRecord: boolean;
  /** Whose turn it is when a vendor's budget is short: place in PRIORITIES, and when the event came; absent: most urgent, now. */
  rank?: number;
  receivedAt?: number;
  /** @throws StaleRun when the lane is not ours any more: asked at the last moment before the request goes out */
  mayStart?(): void;
}

export interface CallPort {
  call(call: PortCall, context: CallContext): Promise<CallResult>;
}

/** The `call` port of the interpreter on top of the egress guard: waits its turn, sends, classifies, records with secrets masked. */
export function createCallPort(options: { pools: Pools; connections: Connections; traffic: Traffic }): CallPort {
  const { pools, connections, traffic } = options;

  async function send(call: PortCall, context: CallContext, turn: Pass | null): Promise<CallResult> {
    const { request } = call;
    const connection = turn ? turn.of.connection : null;
    /** What it returns takes the place of the answer. */
    const answered = (answer: CallAnswer): Refusal | null => (turn ? traffic.leave(turn, answer) : null);
    const startedAt = Date.now();
    const started = performance.now();
    const base = {
      id: newId(),
      nodeId: call.nodeId,
      recordKey: request.recordKey,
      attempt: call.attempt,
      connectionId: connection?.id ?? null,
      method: request.method,
      startedAt,
    };
    const mask = connection?.mask ?? null;
    const requestBody = context.bodyIsRecord || request.body === null ? null : mask ? mask(request.body) : request.body;
    let url = request.url;
    try {
      const address = addressOf(request.url, request.query, connection);
      url = maskUrl(address.href, mask);
      const headers: [string, string][] = request.idempotencyHeader === null ? request.headers : [...request.headers, [request.idempotencyHeader, call.effectKey]];
      const sent = await callHttp(pools, { method: request.method, url: address, headers, body: request.body, timeoutMs: request.timeoutMs, connection, ...(context.mayStart ? { mayStart: context.mayStart } : {}) });
      faultPoint('after_call');
      const { answer } = sent;
      const failure = classifyStatus(answer.status);
      const responseBody = mask ? mask(answer.body) : answer.body;
      context.record({
        ...base,
        url,
        requestHeaders: JSON.stringify(maskHeaders(sent.requestHeaders, mask)),
        requestBody,
        status: answer.status,
        responseHeaders: JSON.stringify(maskHeaders(answer.headers, mask)),
        responseBody,
        failureClass: failure?.class ?? null,
        failureCode: failure?.code ?? null,
        durationMs: performance.now() - started,
      });
      const wait = failure ? retryAfterMs(answer.headers['retry-after'], Date.now()) : undefined;
      const paused = answered({
        sign: signOf(answer.status, failure !== null), code: failure?.code ?? '', retryAfterMs: wait, headers: answer.headers, body: answer.body, ms: performance.now() - started,
      });
      if (!failure) return { ok: true, status: answer.status, headers: answer.headers, bodyText: answer.body, exchangeId: base.id, url: address.href };
      if (paused) return { ...refusal(paused), status: answer.status, message: responseBody.slice(0, 2000) || paused.message, exchangeId: base.id };
      return {
        ok: false,
        ...failure,
        message: responseBody.slice(0, 2000),
        status: answer.status,
        bodyText: answer.body,
        exchangeId: base.id,
        ...(wait === undefined ? {} : { retryAfterMs: wait }),
      };
    } catch (error) {
      if (error instanceof StaleRun) {
        answered({ sign: 'none', code: '', retryAfterMs: undefined, headers: {}, body: '', ms: 0 });
        throw error;
      }
      const failure: EgressError = asEgressError(error);
      const sign = failure.failure === 'transient' ? 'failing' : 'none';
      answered({ sign, code: failure.code, retryAfterMs: undefined, headers: {}, body: '', ms: performance.now() - started });
      const message = mask ? mask(failure.message) : failure.message;
      context.record({
        ...base,
        url: maskUrl(url, mask),
        requestHeaders: '{}',
        requestBody,
        status: null,
        responseHeaders: null,
        responseBody: null,
        failureClass: failure.failure,
        failureCode: failure.code,
        durationMs: performance.now() - started,
      });
      return { ok: false, class: failure.failure, code: failure.code, message, exchangeId: base.id };
    }
  }

  function go(call: PortCall, context: CallContext, connection: LiveConnection | null): Promise<CallResult> {
    if (!connection) return Promise.resolve({ ok: false, class: 'auth', code: 'connection_unknown', message: `There is no connection ${call.request.connectionId}.` });
    const turn = traffic.enter(connection, { rank: context.rank ?? 0, age: context.receivedAt ?? Date.now(), timeoutMs: call.request.timeoutMs });
    return turn instanceof Promise ? turn.then((it) => proceed(call, context, it)) : proceed(call, context, turn);
  }

  function proceed(call: PortCall, context: CallContext, turn: Pass | Refusal): Promise<CallResult> {
    return turn.type === 'refused' ? Promise.resolve(refusal(turn)) : send(call, context, turn);
  }

  return {
    call(call, context) {
      const { connectionId } = call.request;
      if (connectionId === null) return send(call, context, null);
      const found = connections.get(connectionId, context.retailerId);
      return found instanceof Promise ? found.then((connection) => go(call, context, connection)) : go(call, context, found);
    },
  };
}

/** Nothing was sent: the run waits, and spends no attempt. */
function refusal({ code, message, retryAfterMs: wait }: Refusal): Extract<CallResult, { ok: false }> {
  return { ok: false, class: 'limited', code, message, retryAfterMs: wait };
}

/** What an HTTP status says of the system behind it, rather than of the record. */
function signOf(status: number, failed: boolean): Sign {
  if (!failed) return 'well';
  if (status === 429) return 'limited';
  if (status === 401) return 'unauthorised';
  if (status === 403) return 'forbidden';
  return status === 408 || status === 425 || status >= 500 ? 'failing' : 'well';
}

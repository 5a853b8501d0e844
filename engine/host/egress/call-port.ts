import { newId } from '../new-id.ts';
import type { CallResult } from '#engine/nodes/step.ts';
import { StaleRun } from '#engine/run/journal.ts';
import type { PortCall } from '#engine/run/ports.ts';
import type { Connections, LiveConnection } from '../config/connections.ts';
import { faultPoint } from '../fault-points.ts';
import type { ExchangeRecord } from '../journal/run-write.ts';
import { addressOf, callHttp } from './call-http.ts';
import { classifyStatus, retryAfterMs } from './classify.ts';
import type { EgressError } from './egress-error.ts';
import { asEgressError } from './exchange-http.ts';
import { maskHeaders, maskUrl } from './mask.ts';
import type { Pools } from './pools.ts';

/** Whose call it is, and where it is recorded. */
export interface CallContext {
  retailerId: string;
  record(exchange: ExchangeRecord): void;
  /** The body is the record itself, which the journal has already. */
  bodyIsRecord: boolean;
  /** @throws StaleRun when the lane is not ours any more: asked at the last moment before the request goes out */
  mayStart?(): void;
}

export interface CallPort {
  call(call: PortCall, context: CallContext): Promise<CallResult>;
}

/** The `call` port of the interpreter on top of the egress guard: sends, classifies, records with secrets masked. */
export function createCallPort(options: { pools: Pools; connections: Connections }): CallPort {
  const { pools, connections } = options;

  async function send(call: PortCall, context: CallContext, connection: LiveConnection | null): Promise<CallResult> {
    const { request } = call;
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
      if (!failure) return { ok: true, status: answer.status, headers: answer.headers, bodyText: answer.body, exchangeId: base.id };
      const wait = retryAfterMs(answer.headers['retry-after'], Date.now());
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
      if (error instanceof StaleRun) throw error;
      const failure: EgressError = asEgressError(error);
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

  return {
    call(call, context) {
      const { connectionId } = call.request;
      if (connectionId === null) return send(call, context, null);
      const found = connections.get(connectionId, context.retailerId);
      const go = (connection: LiveConnection | null): Promise<CallResult> =>
        connection
          ? send(call, context, connection)
          : Promise.resolve({ ok: false, class: 'auth', code: 'connection_unknown', message: `There is no connection ${connectionId}.` });
      return found instanceof Promise ? found.then(go) : go(found);
    },
  };
}

import { request } from 'undici';
import type { CallPort } from '../egress/call-port.ts';
import type { RunWrite } from '../journal/run-write.ts';
import type { Log } from '../log.ts';
import { traceparent } from './span-ids.ts';
import { spansOf, type Span } from './spans-of-write.ts';

export interface TracingOptions {
  /** Base address of an OTLP/HTTP collector; `/v1/traces` is added. */
  endpoint: string;
  headers: Record<string, string>;
  serviceName: string;
}

export interface Tracing {
  written(writes: readonly RunWrite[]): void;
  /** The same port, telling far ends which call of which run they serve. */
  calls(port: CallPort): CallPort;
  /** Sends what is left. */
  stop(): Promise<void>;
}

const EVERY_MS = 2_000;
const MOST_AT_ONCE = 1_000;
/** A collector that is away must not fill our memory: beyond this spans are dropped, and counted in the log. */
const MOST_WAITING = 20_000;
const TIMEOUT_MS = 5_000;

/**
 * Traces as OTLP over HTTP in JSON, made from what is journalled: no context to carry, nothing on the way of an event. Loaded only
 * when OTEL_EXPORTER_OTLP_ENDPOINT is set (the address is the operator's, so it does not go through the egress guard).
 */
export function startTracing(options: TracingOptions, log: Log): Tracing {
  const url = `${options.endpoint.replace(/\/+$/, '')}/v1/traces`;
  let waiting: Span[] = [];
  let dropped = 0;
  let sending: Promise<void> | null = null;

  async function send(): Promise<void> {
    while (waiting.length > 0) {
      const spans = waiting.slice(0, MOST_AT_ONCE);
      waiting = waiting.slice(MOST_AT_ONCE);
      const answer = await request(url, {
        method: 'POST', headers: { 'content-type': 'application/json', ...options.headers }, body: bodyOf(spans, options.serviceName),
        headersTimeout: TIMEOUT_MS, bodyTimeout: TIMEOUT_MS,
      });
      await answer.body.dump();
      if (answer.statusCode >= 300) throw new Error(`The collector answered ${answer.statusCode}.`);
    }
  }

  function flush(): Promise<void> {
    sending ??= send()
      .catch((error: unknown) => log.warn({ err: error, dropped }, 'traces could not be sent'))
      .finally(() => (sending = null));
    return sending;
  }

  const timer = setInterval(() => void flush(), EVERY_MS);
  return {
    written(writes) {
      for (const write of writes) {
        if (waiting.length >= MOST_WAITING) dropped += 1;
        else waiting.push(...spansOf(write));
      }
    },
    calls: (port) => ({
      ...port,
      call(call, context) {
        const { runId } = context;
        if (runId === undefined) return port.call(call, context);
        const header: [string, string] = ['traceparent', traceparent(runId, { nodeId: call.nodeId, recordKey: call.request.recordKey, attempt: call.attempt })];
        return port.call({ ...call, request: { ...call.request, headers: [...call.request.headers, header] } }, context);
      },
    }),
    async stop() {
      clearInterval(timer);
      await sending;
      await flush();
    },
  };
}

function bodyOf(spans: Span[], serviceName: string): string {
  return JSON.stringify({
    resourceSpans: [{
      resource: { attributes: [{ key: 'service.name', value: { stringValue: serviceName } }] },
      scopeSpans: [{ scope: { name: 'weft' }, spans }],
    }],
  });
}

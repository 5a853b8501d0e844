import type { RunWrite } from '../journal/run-write.ts';
import { callSpan, runSpan, stepSpan, traceOf } from './span-ids.ts';

/** A span in the JSON of OTLP. Times are nanoseconds as text. */
export interface Span {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  /** 1 internal, 3 client. */
  kind: 1 | 3;
  startTimeUnixNano: string;
  endTimeUnixNano: string;
  attributes: { key: string; value: { stringValue: string } | { intValue: string } }[];
  /** 1 ok, 2 error. */
  status: { code: 1 | 2; message?: string };
}

/** The spans of one piece of a journal: its steps and calls, and the run itself once it has ended. Bodies and headers are not told. */
export function spansOf(write: RunWrite): Span[] {
  const { head } = write;
  const { runId } = head;
  const traceId = traceOf(runId);
  const spans: Span[] = [];
  for (const step of write.steps) {
    spans.push({
      traceId, spanId: stepSpan(runId, step), parentSpanId: runSpan(runId), name: step.nodeId, kind: 1, ...timesOf(step.startedAt, step.durationMs),
      attributes: attributes({ 'weft.attempt': step.attempt, 'weft.records_in': step.recordsIn, 'weft.records_out': step.recordsOut, 'weft.records_failed': step.recordsFailed }),
      status: { code: step.state === 'failed' ? 2 : 1 },
    });
  }
  for (const call of write.exchanges) {
    spans.push({
      traceId, spanId: callSpan(runId, call), parentSpanId: stepSpan(runId, call), name: call.method, kind: 3, ...timesOf(call.startedAt, call.durationMs),
      attributes: attributes({ 'http.request.method': call.method, 'url.full': call.url, 'http.response.status_code': call.status, 'error.type': call.failureCode }),
      status: { code: call.failureClass === null ? 1 : 2 },
    });
  }
  if (write.finishedAt !== null) {
    spans.push({
      traceId, spanId: runSpan(runId), name: `run ${head.trigger}`, kind: 1, ...timesOf(head.startedAt, write.finishedAt - head.startedAt),
      attributes: attributes({ 'weft.run_id': runId, 'weft.flow_id': head.flowId, 'weft.event_id': head.eventId, 'weft.version': head.versionNumber, 'weft.state': write.state }),
      status: write.failure ? { code: 2, message: write.failure.code } : { code: 1 },
    });
  }
  return spans;
}

function timesOf(startMs: number, durationMs: number): Pick<Span, 'startTimeUnixNano' | 'endTimeUnixNano'> {
  return { startTimeUnixNano: nanos(startMs), endTimeUnixNano: nanos(startMs + durationMs) };
}

function nanos(ms: number): string {
  const micros = Math.round((ms % 1) * 1_000);
  return `${Math.floor(ms)}${String(Math.min(micros, 999)).padStart(3, '0')}000`;
}

function attributes(values: Record<string, string | number | null>): Span['attributes'] {
  return Object.entries(values).flatMap(([key, value]) =>
    value === null ? [] : [{ key, value: typeof value === 'number' ? { intValue: String(value) } : { stringValue: value } }]);
}

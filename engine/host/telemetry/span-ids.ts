import { hash } from 'node:crypto';

/**
 * Ids of spans, all derived: the trace of a run is its id (a UUID is sixteen bytes, as a trace id is), so nothing has to be carried
 * along, and a run that goes on in another process goes on in the same trace.
 */
export function traceOf(runId: string): string {
  return runId.replaceAll('-', '');
}

export function runSpan(runId: string): string {
  return traceOf(runId).slice(16);
}

export function stepSpan(runId: string, step: { nodeId: string; attempt: number }): string {
  return hash('sha256', `${runId}|${step.nodeId}|${step.attempt}`, 'hex').slice(0, 16);
}

export function callSpan(runId: string, call: { nodeId: string; recordKey: string; attempt: number }): string {
  return hash('sha256', `${runId}|${call.nodeId}|${call.recordKey}|${call.attempt}`, 'hex').slice(0, 16);
}

/** The W3C header that tells a far end which call of which run it serves. */
export function traceparent(runId: string, call: { nodeId: string; recordKey: string; attempt: number }): string {
  return `00-${traceOf(runId)}-${callSpan(runId, call)}-01`;
}

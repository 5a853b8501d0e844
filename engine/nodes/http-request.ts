import { failureOfCall, readAnswer } from './http-answer.ts';
import { prepareCall, type PreparedCall } from './http-call.ts';
import { checkHttpRequest } from './http-request-check.ts';
import { httpRequestConfig, initialHttpRequest, type HttpRequestConfig } from './http-request-config.ts';
import { mapLimited } from './map-limited.ts';
import { defineNode } from './node-kind.ts';
import type { DataRecord, RecordFailure, StepPorts } from './step.ts';

/** Calls of one step that are under way at once: enough to hide latency, too few to trip a vendor's limit by itself. */
export const CALLS_AT_ONCE = 8;

/** Calls a system once for each record. */
export const httpRequest = defineNode<HttpRequestConfig, PreparedCall>({
  kind: 'http-request',
  version: 1,
  group: 'action',
  icon: 'send',
  config: httpRequestConfig,
  initial: initialHttpRequest,
  ports: () => ({ inputs: [{ id: 'in', type: 'any' }], outputs: [{ id: 'out', type: 'record' }] }),
  summary: ({ method, url }) => (url === '' ? { key: 'empty' } : { key: 'request', params: { method, url } }),
  check: checkHttpRequest,
  prepare: prepareCall,
  effect: 'call',
  async execute({ config, prepared, records, ports }) {
    const answers = await mapLimited(records, CALLS_AT_ONCE, (record) => callFor(record, { config, prepared, ports }));
    return {
      outputs: { out: answers.flatMap((answer) => ('data' in answer ? [answer] : [])) },
      failures: answers.flatMap((answer) => ('data' in answer ? [] : [answer])),
    };
  },
});

interface CallStep {
  config: HttpRequestConfig;
  prepared: PreparedCall;
  ports: StepPorts;
}

async function callFor(record: DataRecord, { config, prepared, ports }: CallStep): Promise<DataRecord | RecordFailure> {
  const built = prepared.build(record);
  if (!built.ok) return { record, class: 'data', ...built.fault };
  const result = await ports.call(built.request);
  if (result.ok) {
    const answer = readAnswer(config.answer, record, result);
    return answer.ok ? { key: record.key, data: answer.data } : { record, exchangeId: result.exchangeId, ...answer.fault };
  }
  return { record, ...failureOfCall(result) };
}

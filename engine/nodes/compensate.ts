import { z } from 'zod';
import { isRecord, type Json, type JsonObject } from '../flow/json.ts';
import type { FlowDocument } from '../flow/document.ts';
import type { Problem } from '../flow/problem.ts';
import { tryRegions, type TryRegion } from '../flow/try-regions.ts';
import { errorIn } from './checks.ts';
import { failureOfCall } from './http-answer.ts';
import { prepareCall, type PreparedCall } from './http-call.ts';
import { checkHttpRequest } from './http-request-check.ts';
import { httpRequestConfig, initialHttpRequest, type HttpRequestConfig } from './http-request-config.ts';
import { CALLS_AT_ONCE } from './http-request.ts';
import { mapLimited } from './map-limited.ts';
import { defineNode, type NodeCheckScope } from './node-kind.ts';
import { recordText } from './record-text.ts';
import type { DataRecord, RecordFailure, StepOutput, StepPorts } from './step.ts';

const { connectionId, method, url, query, headers, body, timeoutSeconds, idempotencyHeader, businessKey } = httpRequestConfig.shape;

const config = z.strictObject({
  /** The node whose call is taken back. */
  of: z.string().max(64).meta({ field: { kind: 'callNode', help: true } }),
  connectionId,
  method,
  url: url.meta({ field: { kind: 'text', template: true, help: true, placeholder: '/orders/{{answer.id}}/cancel' } }),
  query,
  headers,
  body,
  timeoutSeconds,
  idempotencyHeader,
  businessKey,
});

export type CompensateConfig = z.infer<typeof config>;

/**
 * Takes back what a call of a try region did, for the records where it was done; others go on as they are. Templates see
 * `record` (as it entered the try), `failure`, and `answer`: what the call that is taken back was answered.
 */
export const compensate = defineNode<CompensateConfig, PreparedCall>({
  kind: 'compensate',
  version: 1,
  group: 'failure',
  icon: 'undo-2',
  config,
  initial: () => {
    const { answer: _answer, ...request } = initialHttpRequest();
    return { of: '', ...request };
  },
  ports: () => ({ inputs: [{ id: 'in', type: 'record' }], outputs: [{ id: 'out', type: 'record' }] }),
  summary: (given) => (given.url === '' ? { key: 'empty' } : { key: 'request', params: { method: given.method, url: given.url } }),
  check: (given, scope) => [...checkOf(given.of, scope), ...checkHttpRequest(requestOf(given), scope)],
  prepare: (given) => prepareCall(requestOf(given)),
  effect: 'call',
  async execute({ config: given, prepared, records, ports }) {
    const answers = await mapLimited(records, CALLS_AT_ONCE, (record) => undo(record, { given, prepared, ports }));
    const output: StepOutput = { outputs: { out: [] }, failures: [] };
    for (const answer of answers) {
      if ('class' in answer) output.failures.push(answer);
      else output.outputs['out']?.push(answer);
    }
    return output;
  },
});

interface Undo {
  given: CompensateConfig;
  prepared: PreparedCall;
  ports: StepPorts;
}

async function undo(record: DataRecord, { given, prepared, ports }: Undo): Promise<DataRecord | RecordFailure> {
  const done = doneBy(record.data, given.of);
  if (done === undefined || !isRecord(record.data)) return record;
  const built = prepared.build({ key: record.key, data: { ...record.data, answer: done['answer'] ?? null } });
  if (!built.ok) return { record, class: 'data', ...built.fault };
  // "The record" is the business object here, not the report of the failure around it.
  const sent = given.body.mode === 'record' && built.request.body !== null ? recordText(record.data['record'] ?? null) : built.request.body;
  const result = await ports.call({ ...built.request, body: sent });
  return result.ok ? record : { record, ...failureOfCall(result) };
}

/** What the region did at a node for this record, as the interpreter reports it. */
function doneBy(data: Json, nodeId: string): JsonObject | undefined {
  const list = isRecord(data) ? data['done'] : undefined;
  return Array.isArray(list) ? list.filter(isRecord).find((entry) => entry['nodeId'] === nodeId) : undefined;
}

function requestOf({ of: _of, ...request }: CompensateConfig): HttpRequestConfig {
  return { ...request, answer: { mode: 'keep' } };
}

function checkOf(of: string, scope: NodeCheckScope): Problem[] {
  const { doc, node } = scope;
  if (of === '') return [errorIn(scope, 'compensate_of_empty', { field: 'of' })];
  if (!doc.nodes.some(({ id }) => id === of)) return [errorIn(scope, 'compensate_of_unknown', { field: 'of' })];
  const regions = [...triesOf(doc).values()].filter(({ handlers }) => handlers.has(node.id));
  if (regions.length === 0) return [errorIn(scope, 'compensate_outside_try')];
  // What was done elsewhere is never reported to this step: it would undo nothing, and nobody would notice.
  return regions.some(({ inside }) => inside.has(of)) ? [] : [errorIn(scope, 'compensate_of_outside', { field: 'of' })];
}

function triesOf(doc: FlowDocument): Map<string, TryRegion> {
  return tryRegions(doc.edges, doc.nodes.flatMap(({ id, kind }) => (kind === 'try' ? [{ id, body: 'body', failed: 'failed' }] : [])));
}

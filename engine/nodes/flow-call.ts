import { z } from 'zod';
import { parsePath, type Path } from '../flow/path.ts';
import type { Problem } from '../flow/problem.ts';
import { errorIn } from './checks.ts';
import { checkDuration } from './duration.ts';
import { httpRequestConfig } from './http-request-config.ts';
import { mapLimited } from './map-limited.ts';
import { defineNode, type NodeCheckScope } from './node-kind.ts';
import type { DataRecord, FlowCallAnswer, RecordFailure, RecordHold, StepOutput } from './step.ts';
import { checkTargetField, withValue } from './target-field.ts';

export const FLOW_CALL_SECONDS = { min: 1, max: 86_400 };
const AT_ONCE = 8;

const config = z.strictObject({
  flowId: z.string().max(100).meta({ field: { kind: 'flow', help: true } }),
  answer: httpRequestConfig.shape.answer,
  timeoutSeconds: z.number().meta({ field: { kind: 'duration', help: true, ...FLOW_CALL_SECONDS, unit: 'seconds' } }),
});

export type FlowCallConfig = z.infer<typeof config>;

/** Runs another flow for each record and goes on with what it responds. */
export const flowCall = defineNode<FlowCallConfig, Path>({
  kind: 'flow-call',
  version: 1,
  group: 'action',
  icon: 'corner-down-right',
  config,
  initial: () => ({ flowId: '', answer: { mode: 'replace' }, timeoutSeconds: 300 }),
  ports: () => ({ inputs: [{ id: 'in', type: 'any' }], outputs: [{ id: 'out', type: 'record' }] }),
  summary: ({ flowId }) => ({ key: flowId === '' ? 'empty' : 'calls' }),
  check,
  prepare: ({ answer }) => parsePath(answer.field?.trim() ?? '') ?? [],
  effect: 'state',
  async execute({ config: given, prepared, records, ports }) {
    const answers = await mapLimited(records, AT_ONCE, async ({ key, data }) => {
      const begun = Number(await ports.state.remember(key, ports.now()));
      return ports.state.callFlow({ recordKey: key, flowId: given.flowId, data, timeoutAt: begun + given.timeoutSeconds * 1_000 });
    });
    const output: StepOutput = { outputs: { out: [] }, failures: [], holds: [] };
    records.forEach((record, index) => {
      const answer = answers[index];
      const next = answer === undefined ? record : goOn(record, answer, { mode: given.answer.mode, field: prepared });
      if ('until' in next) output.holds?.push(next);
      else if ('class' in next) output.failures.push(next);
      else output.outputs['out']?.push(next);
    });
    return output;
  },
});

function goOn(record: DataRecord, answer: FlowCallAnswer, take: { mode: FlowCallConfig['answer']['mode']; field: Path }): DataRecord | RecordFailure | RecordHold {
  switch (answer.state) {
    case 'open':
      return { record, reason: 'flow_call', until: answer.until };
    case 'timeout':
      return { record, class: 'data', code: 'flow_call_timeout', message: 'no response in time' };
    case 'failed':
      return { record, class: 'data', code: 'flow_call_failed', message: answer.message, params: { message: answer.message, reason: answer.code } };
    case 'answered': {
      if (answer.status >= 400) {
        return { record, class: 'data', code: 'flow_call_refused', message: `responded ${answer.status}`, params: { status: answer.status } };
      }
      if (take.mode === 'keep') return record;
      return { key: record.key, data: take.mode === 'replace' ? answer.data : withValue(record.data, take.field, answer.data) };
    }
  }
}

function check({ flowId, answer, timeoutSeconds }: FlowCallConfig, scope: NodeCheckScope): Problem[] {
  const problems: Problem[] = [];
  if (flowId === '') problems.push(errorIn(scope, 'flow_empty', { field: 'flowId' }));
  else if (flowId === scope.flowId) problems.push(errorIn(scope, 'flow_calls_itself', { field: 'flowId' }));
  else if (scope.flows !== undefined && !scope.flows.some(({ id }) => id === flowId)) problems.push(errorIn(scope, 'flow_unknown', { field: 'flowId' }));
  if (answer.mode === 'add') problems.push(...checkTargetField(scope, 'answer.field', answer.field ?? ''));
  return [...problems, ...checkDuration(scope, { field: 'timeoutSeconds', value: timeoutSeconds, ...FLOW_CALL_SECONDS })];
}

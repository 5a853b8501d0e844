import type { PlanStep } from '#engine/flow/compile.ts';
import { recordText } from '#engine/nodes/record-text.ts';
import type { DataRecord, StepOutput } from '#engine/nodes/step.ts';
import type { StepRecord } from './journal.ts';

interface Performed {
  step: PlanStep;
  records: DataRecord[];
  output: StepOutput;
  attempt: number;
  /** How many of its records come again: failures that will be tried again, and held ones. */
  waiting: number;
  startedAt: number;
  endedAt: number;
  /** What came out is kept: of a paged run, the first page. */
  telling: boolean;
}

/** The journal's record of a step that has run. */
export function describeStep(performed: Performed): StepRecord {
  const { step, output, startedAt } = performed;
  const outputs: Record<string, number> = {};
  let recordsOut = 0;
  for (const port in output.outputs) {
    const count = output.outputs[port]?.length ?? 0;
    outputs[port] = count;
    recordsOut += count;
  }
  const failed = output.failures.length;
  return {
    nodeId: step.nodeId,
    attempt: performed.attempt,
    state: performed.waiting > 0 ? 'waiting' : failed > 0 ? 'failed' : 'succeeded',
    recordsIn: performed.records.length,
    recordsOut,
    outputs,
    recordsFailed: failed,
    startedAt,
    durationMs: performed.endedAt - startedAt,
    logs: output.logs ?? [],
    payload: recordsOut === 0 || !performed.telling ? null : payloadOf(output, step.kind.passThrough === true),
  };
}

/** `{port: [{key, data}]}` as text; keys only where the records went through unchanged. */
export function payloadOf(output: StepOutput, keysOnly: boolean): string {
  let text = '{';
  for (const port in output.outputs) {
    const records = output.outputs[port];
    if (!records || records.length === 0) continue;
    if (text.length > 1) text += ',';
    text += `${JSON.stringify(port)}:[`;
    for (let index = 0; index < records.length; index += 1) {
      const record = records[index];
      if (!record) continue;
      if (index > 0) text += ',';
      text += `{"key":${JSON.stringify(record.key)}`;
      text += keysOnly ? '}' : `,"data":${recordText(record.data)}}`;
    }
    text += ']';
  }
  return `${text}}`;
}

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
  paged: boolean;
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
    payload: recordsOut === 0 || !performed.telling || (!performed.paged && wentThrough(performed)) ? null : payloadOf(performed),
  };
}

/**
 * Everything that came in went out again as it was, through one port: nothing is kept, for it is there already (as another step's
 * output, or as the event). A row less for each such step: 10 % of what Postgres spends on the journal of a usual run.
 */
function wentThrough({ records, output }: Performed): boolean {
  let through: DataRecord[] | undefined;
  for (const port in output.outputs) {
    const leaving = output.outputs[port];
    if (!leaving || leaving.length === 0) continue;
    if (through) return false;
    through = leaving;
  }
  return through?.length === records.length && through.every((record, at) => isSame(record, records[at]));
}

function isSame(record: DataRecord, arrived: DataRecord | undefined): boolean {
  return arrived !== undefined && record.data === arrived.data && record.key === arrived.key;
}

/** `{port: [{key, data}]}` as text; keys only of records that went through unchanged. */
function payloadOf({ step, records, output }: Performed): string {
  const keysOnly = step.kind.passThrough === true;
  const arrived = keysOnly ? null : new Map(records.map((record) => [record.key, record.data]));
  let text = '{';
  for (const port in output.outputs) {
    const leaving = output.outputs[port];
    if (!leaving || leaving.length === 0) continue;
    if (text.length > 1) text += ',';
    text += `${JSON.stringify(port)}:[`;
    for (let index = 0; index < leaving.length; index += 1) {
      const record = leaving[index];
      if (!record) continue;
      if (index > 0) text += ',';
      text += `{"key":${JSON.stringify(record.key)}`;
      text += keysOnly || (arrived?.has(record.key) && arrived.get(record.key) === record.data) ? '}' : `,"data":${recordText(record.data)}}`;
    }
    text += ']';
  }
  return `${text}}`;
}

import type { PortList } from './node-kind.ts';
import type { DataRecord, StepOutput } from './step.ts';

export const TRIGGER_PORTS: PortList = { inputs: [], outputs: [{ id: 'out', type: 'record' }] };

/** Records go on unchanged through `out`. */
export function passOn({ records }: { records: DataRecord[] }): StepOutput {
  return { outputs: { out: records }, failures: [] };
}

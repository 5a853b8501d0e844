import type { DataRecord } from '#engine/nodes/step.ts';
import type { ReadyStep } from './advance.ts';
import type { RunInput } from './run-input.ts';

/** Where the run's memory keeps the record a person put in the place of one that failed at a node; no node id holds a colon. */
export function correctionsOf(nodeId: string): string {
  return `edit:${nodeId}`;
}

/** What arrived at a step, with the records a person has corrected since in the place of those that came. */
export function withCorrections(ready: ReadyStep, { attempt, journal }: Pick<RunInput, 'attempt' | 'journal'>): Pick<ReadyStep, 'records' | 'byPort'> {
  // Nobody can have corrected what has not failed yet.
  if (attempt === 1) return ready;
  const memory = correctionsOf(ready.at.step.nodeId);
  const corrected = (records: DataRecord[]): DataRecord[] => {
    if (records.every(({ key }) => journal.remembered(memory, key) === undefined)) return records;
    return records.map((record) => {
      const data = journal.remembered(memory, record.key);
      return data === undefined ? record : { key: record.key, data };
    });
  };
  const { byPort } = ready;
  return { records: corrected(ready.records), byPort: byPort ? Object.fromEntries(Object.entries(byPort).map(([port, records]) => [port, corrected(records)])) : byPort };
}

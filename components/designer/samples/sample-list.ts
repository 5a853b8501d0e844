import type { FlowNode } from '#engine/flow/document.ts';
import type { Json } from '#engine/flow/json.ts';
import type { DataRecord } from '#engine/nodes/step.ts';
import type { TestStep } from '#server/views/test.ts';
import { parseKept } from './parse-kept.ts';
import { readRecords } from './read-records.ts';
import { type KnownOutputs, recordsAt } from './records-at.ts';
import type { Way } from './way.ts';

export type SampleKind = 'pinned' | 'event' | 'pasted' | 'test';

/** A record as it arrives at one node. */
export interface NodeSample {
  /** Of a pinned sample its id, of an event the event's, else `pasted:<trigger>` or `test:<key>`. The same at every node. */
  id: string;
  kind: SampleKind;
  /** As somebody named it; '' for one that has no name of its own. */
  name: string;
  at: string | null;
  data: Json;
}

/** An event as the trigger gets it. */
export interface SourceSample {
  id: string;
  kind: SampleKind;
  name: string;
  at: string | null;
  triggerId: string;
  bodyText: string;
}

export type Steps = ReadonlyMap<string, Pick<TestStep, 'inputText' | 'outputsText'>>;

/** Records of a step that are offered one by one. */
const MOST_OF_STEP = 50;

/** What has arrived at the node of a way in the last test, or what the test makes known of it by the nodes before. */
export function testRecords(way: Way, steps: Steps | null): DataRecord[] {
  if (steps === null) return [];
  const own = Object.values(readRecords(steps.get(way.nodeId)?.inputText)).flat();
  if (own.length > 0) return own;
  const known: KnownOutputs = (node, port) => {
    const text = steps.get(node.id)?.outputsText;
    return text === undefined ? undefined : (readRecords(text)[port] ?? []);
  };
  // No event: only what the test has left behind counts.
  return recordsAt(way, { triggerId: '', data: null }, known) ?? [];
}

/** Every sample as it arrives at the node of a way: the last test first, then events as they were given. */
export function samplesAt(way: Way, sources: readonly SourceSample[], steps: Steps | null): NodeSample[] {
  const tested = testRecords(way, steps).slice(0, MOST_OF_STEP);
  const list: NodeSample[] = tested.map(({ key, data }) => ({ id: `test:${key}`, kind: 'test', name: tested.length > 1 ? key : '', at: null, data }));
  for (const source of sources) {
    const sample = arrive(way, source);
    if (sample !== null) list.push(sample);
  }
  return list;
}

function arrive(way: Way, { triggerId, bodyText, ...sample }: SourceSample): NodeSample | null {
  const data = parseKept(bodyText);
  if (data === undefined) return null;
  const [first] = recordsAt(way, { triggerId, data }) ?? [];
  return first === undefined ? null : { ...sample, data: first.data };
}

/** What was pasted at a trigger as its sample. */
export function pastedAt(trigger: FlowNode): SourceSample | null {
  const body = trigger.config['sampleBody'];
  if (typeof body !== 'string' || body.trim() === '') return null;
  return { id: `pasted:${trigger.id}`, kind: 'pasted', name: '', at: null, triggerId: trigger.id, bodyText: body };
}

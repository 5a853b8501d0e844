import type { NodeSample } from './samples/sample-list.ts';
import { useSamples } from './samples/use-samples.ts';

/** The record that arrives at a node, for pickers and previews. */
export function useSample(nodeId: string): NodeSample | null {
  return useSamples(nodeId).current;
}

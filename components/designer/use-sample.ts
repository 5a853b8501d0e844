import { useMemo } from 'react';
import { type Sample, sampleAt } from './sample.ts';
import { useDesigner } from './use-designer.ts';

/** The record that arrives at a node, for pickers and previews. */
export function useSample(nodeId: string): Sample | null {
  const doc = useDesigner((state) => state.doc);
  const steps = useDesigner((state) => state.test?.steps ?? null);
  const eventBody = useDesigner((state) => state.pastSample?.bodyText ?? null);
  return useMemo(() => sampleAt({ doc, steps, eventBody }, nodeId), [doc, steps, eventBody, nodeId]);
}

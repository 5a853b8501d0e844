import type { FlowNode } from '#engine/flow/document.ts';
import { useDesigner } from '../use-designer.ts';
import { useTestRun } from '../use-test-run.ts';
import type { NodeSamples } from './use-samples.ts';
import { wayTo } from './way.ts';

/** Triggers that make their own event. */
const NEEDS_NO_BODY: ReadonlySet<string> = new Set(['schedule-trigger', 'poll-trigger']);

/** The test of the draft up to a node, on the record that is looked at. Null: there is nothing to begin with, or a test is under way. */
export function useRunToHere(node: FlowNode, { source }: Pick<NodeSamples, 'source'>): (() => void) | null {
  const run = useTestRun();
  const [trigger] = useDesigner((state) => wayTo(state.doc, node.id).triggers);
  const startAt = source?.triggerId ?? trigger?.id;
  const ready = source !== null || (trigger !== undefined && NEEDS_NO_BODY.has(trigger.kind));
  if (run.running || startAt === undefined || !ready) return null;
  return () => run.start({ triggerNodeId: startAt, bodyText: source?.bodyText ?? '{}', source, untilNodeId: node.id });
}

import type { FlowDocument, FlowNode } from '#engine/flow/document.ts';
import type { RunStepView } from '#server/views/run.ts';

export interface TimelineEntry {
  node: FlowNode;
  /** Null: the run did not get there. */
  step: RunStepView | null;
  /** Where the step lies in the attempt's time, as shares of 0–1. */
  offset: number;
  width: number;
}

/**
 * One attempt's steps in the order they began, then the nodes it did not reach in the order of the drawing.
 * Notes do nothing and are left out. Steps of a node the document does not have (it cannot be read) are kept by their id.
 */
export function timeline(doc: Pick<FlowDocument, 'nodes'> | null, steps: readonly RunStepView[], attempt: number): TimelineEntry[] {
  const own = steps.filter((step) => step.attempt === attempt).toSorted((a, b) => begin(a) - begin(b));
  const from = Math.min(...own.map(begin));
  const until = Math.max(...own.map((step) => begin(step) + step.durationMs));
  const span = Math.max(1, until - from);
  const nodes = new Map(doc?.nodes.map((node) => [node.id, node]));
  const reached = new Set(own.map((step) => step.nodeId));
  const done = own.map((step) => ({
    node: nodes.get(step.nodeId) ?? unknownNode(step.nodeId),
    step,
    offset: (begin(step) - from) / span,
    width: step.durationMs / span,
  }));
  const missing = (doc?.nodes ?? []).filter((node) => node.kind !== 'note' && !reached.has(node.id));
  return [...done, ...missing.map((node) => ({ node, step: null, offset: 0, width: 0 }))];
}

function begin(step: RunStepView): number {
  return Date.parse(step.startedAt);
}

function unknownNode(id: string): FlowNode {
  return { id, kind: '', kindVersion: 1, label: id, position: { x: 0, y: 0 }, config: {} };
}

import type { FlowDocument, FlowNode } from '#engine/flow/document.ts';
import type { RunStepView } from '#server/views/run.ts';

/** What a retry does at one node that writes to another system. */
export interface RetryWrite {
  nodeId: string;
  label: string;
  method: string;
  url: string;
  /** `failed`: writes that did not get through are sent again. `open`: never reached, sent for the first time. `done`: confirmed, not sent again. */
  outcome: 'failed' | 'open' | 'done';
  /** Records concerned; null where the run has not come far enough to know. */
  records: number | null;
}

const READING = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * The writes of a flow and what a retry means for each, in the order of the drawing. Writes that were confirmed are in the
 * effect ledger under a key that stays the same, so that a further attempt skips them.
 */
export function retryWrites(doc: Pick<FlowDocument, 'nodes'>, steps: readonly RunStepView[]): RetryWrite[] {
  const newest = new Map<string, RunStepView>();
  for (const step of steps) {
    const known = newest.get(step.nodeId);
    if (known === undefined || step.attempt >= known.attempt) newest.set(step.nodeId, step);
  }
  return doc.nodes.flatMap((node): RetryWrite[] => {
    const method = methodOf(node);
    if (method === null || READING.has(method)) return [];
    const step = newest.get(node.id);
    const base = { nodeId: node.id, label: node.label, method, url: textOf(node.config['url']) };
    if (step === undefined) return [{ ...base, outcome: 'open', records: null }];
    if (step.recordsFailed > 0) return [{ ...base, outcome: 'failed', records: step.recordsFailed }];
    if (step.state === 'succeeded') return [{ ...base, outcome: 'done', records: step.recordsOut }];
    return [{ ...base, outcome: 'failed', records: null }];
  });
}

function methodOf(node: FlowNode): string | null {
  return node.kind === 'http-request' ? textOf(node.config['method']).toUpperCase() || 'GET' : null;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

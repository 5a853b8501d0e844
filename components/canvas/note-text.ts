import type { FlowNode } from '#engine/flow/document.ts';

/** The text of a note node. */
export function noteText(node: FlowNode): string {
  const text = node.config['text'];
  return typeof text === 'string' ? text : '';
}

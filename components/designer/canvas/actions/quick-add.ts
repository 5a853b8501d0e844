import type { EdgeEnd, FlowDocument, FlowNode } from '#engine/flow/document.ts';
import { outputsOf } from '#components/canvas/kind-info.ts';
import { indexOf } from '../../doc-index.ts';
import { planAddNode } from '../../add-node.ts';
import type { DesignerStore } from '../../store.ts';
import { type QuickAddRequest, showOnCanvas } from '../canvas-ui.ts';
import { planInsertOnEdge } from './insert-on-edge.ts';
import type { FlowOp } from '#engine/flow/ops.ts';

/** The output an added node continues from: the first that leads nowhere yet, else the first. */
export function nextPort(doc: FlowDocument, node: FlowNode): EdgeEnd | undefined {
  const used = new Set(indexOf(doc).outgoing(node.id).map((edge) => edge.from.port));
  const outputs = outputsOf(node);
  const port = outputs.find(({ id }) => !used.has(id)) ?? outputs[0];
  return port === undefined ? undefined : { node: node.id, port: port.id };
}

/** Opens the menu of node kinds: on the selected edge, after the selected node, or for a node that stands alone. */
export function openQuickAdd(store: DesignerStore, screen: QuickAddRequest['screen']): boolean {
  const { doc, readOnly, selectedNodes, selectedEdges } = store.getState();
  if (readOnly) return false;
  const [edgeId] = selectedEdges;
  const [nodeId] = selectedNodes;
  if (edgeId !== undefined && selectedNodes.length === 0 && selectedEdges.length === 1) {
    showOnCanvas(store, { quickAdd: { screen, edgeId } });
    return true;
  }
  const node = nodeId === undefined || selectedNodes.length > 1 ? undefined : indexOf(doc).node(nodeId);
  showOnCanvas(store, { quickAdd: { screen, from: node === undefined ? undefined : nextPort(doc, node) } });
  return true;
}

/** The operation that adds a node as the menu was opened for. Null: it cannot be joined there. */
export function planQuickAdd(doc: FlowDocument, node: FlowNode, { at, from, to, edgeId }: QuickAddRequest): FlowOp | null {
  if (edgeId !== undefined) return planInsertOnEdge(doc, edgeId, { node, at });
  const after = from === undefined ? undefined : indexOf(doc).node(from.node);
  const { op } = planAddNode(doc, { node, at, after, from, to });
  return (from !== undefined || to !== undefined) && op.type !== 'batch' ? null : op;
}

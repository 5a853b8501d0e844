import type { FlowDocument, FlowEdge, FlowGroup, FlowNode, FlowSettings, NodePolicy, Position } from './document.ts';

/**
 * Edits of a flow are values. The same pure function applies them in the browser and on the server, and gives back the
 * inverse, so that undo is a stack of operations and not of whole documents.
 */
export type FlowOp =
  | { type: 'addNode'; node: FlowNode; index?: number }
  | { type: 'removeNode'; nodeId: string }
  | { type: 'moveNodes'; positions: Record<string, Position> }
  | { type: 'setLabel'; nodeId: string; label: string }
  | { type: 'setConfig'; nodeId: string; config: FlowNode['config'] }
  /** Null takes the policy away: the flow's rule holds again. */
  | { type: 'setPolicy'; nodeId: string; policy: NodePolicy | null }
  | { type: 'addEdge'; edge: FlowEdge; index?: number }
  | { type: 'removeEdge'; edgeId: string }
  | { type: 'addGroup'; group: FlowGroup; index?: number }
  | { type: 'removeGroup'; groupId: string }
  /** Gives the group of the same id another title, colour, fold or other nodes. */
  | { type: 'setGroup'; group: FlowGroup }
  | { type: 'setSettings'; settings: FlowSettings }
  | { type: 'replace'; doc: FlowDocument }
  | { type: 'batch'; ops: FlowOp[] };

/** Why an operation was refused; the document is then unchanged. */
export interface OpRefusal {
  code:
    | 'node_missing'
    | 'node_exists'
    | 'edge_missing'
    | 'edge_exists'
    | 'end_missing'
    | 'group_missing'
    | 'group_exists'
    /** A node is in one group at most. */
    | 'grouped_already'
    | 'index_out_of_range'
    | 'unknown_kind'
    | 'too_many'
    | 'invalid';
  nodeId?: string;
  edgeId?: string;
  groupId?: string;
}

export type OpResult = { ok: true; doc: FlowDocument; inverse: FlowOp } | { ok: false; reason: OpRefusal };

export { applyOp } from './apply-op.ts';

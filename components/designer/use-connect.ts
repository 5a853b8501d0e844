import type { Connection, Edge, FinalConnectionState, OnConnectStartParams } from '@xyflow/react';
import { useCallback } from 'react';
import { canConnect } from '#engine/flow/edge-rules.ts';
import { type EdgeEnd, type FlowDocument, newId } from '#engine/flow/document.ts';
import { inputsOf, outputsOf } from '#components/canvas/kind-info.ts';
import { useDesignerStore } from './use-designer.ts';
import { useRefusalText } from './use-refusal-text.ts';

/** Drawing edges by pointer: says at each node whether the edge may end there, and why not. */
export function useConnect() {
  const store = useDesignerStore();
  const refusalText = useRefusalText();

  const onConnectStart = useCallback(
    (_event: unknown, start: OnConnectStartParams) => {
      const { doc } = store.getState();
      if (start.nodeId === null || start.handleId === null) return;
      const end: EdgeEnd = { node: start.nodeId, port: start.handleId };
      const refusals = new Map<string, string | null>();
      for (const node of doc.nodes) {
        if (node.id === end.node) continue;
        const reason = start.handleType === 'target' ? refusalFrom(doc, node.id, end) : refusalTo(doc, end, node.id);
        refusals.set(node.id, reason === null ? null : refusalText(reason));
      }
      store.setState({ connecting: { from: end, refusals } });
    },
    [store, refusalText],
  );
  const onConnectEnd = useCallback((_event: MouseEvent | TouchEvent, _state: FinalConnectionState) => store.setState({ connecting: null }), [store]);
  const isValidConnection = useCallback(
    (edge: Connection | Edge) => {
      const ends = endsOf(edge);
      return ends !== null && canConnect(store.getState().doc, ends.from, ends.to).ok;
    },
    [store],
  );
  const onConnect = useCallback(
    (connection: Connection) => {
      const ends = endsOf(connection);
      if (ends !== null) store.getState().apply({ type: 'addEdge', edge: { id: newId('edge'), ...ends } });
    },
    [store],
  );
  /** Joins an output to whichever input of a node takes it: an edge may be dropped anywhere on a node. */
  const joinTo = useCallback(
    (from: EdgeEnd, nodeId: string) => {
      const { doc, apply } = store.getState();
      const node = doc.nodes.find((candidate) => candidate.id === nodeId);
      const taken = new Set(doc.edges.filter(({ to }) => to.node === nodeId).map(({ to }) => to.port));
      const fitting = node === undefined ? [] : inputsOf(node).filter((input) => canConnect(doc, from, { node: nodeId, port: input.id }).ok);
      const port = fitting.find(({ id }) => !taken.has(id)) ?? fitting[0];
      if (port !== undefined) apply({ type: 'addEdge', edge: { id: newId('edge'), from, to: { node: nodeId, port: port.id } } });
    },
    [store],
  );
  return { onConnectStart, onConnectEnd, isValidConnection, onConnect, joinTo };
}

function endsOf(edge: Connection | Edge): { from: EdgeEnd; to: EdgeEnd } | null {
  const { source, sourceHandle, target, targetHandle } = edge;
  if (typeof sourceHandle !== 'string' || typeof targetHandle !== 'string') return null;
  return { from: { node: source, port: sourceHandle }, to: { node: target, port: targetHandle } };
}

/** Why no input of a node takes an edge from here; null: one does. */
function refusalTo(doc: FlowDocument, from: EdgeEnd, nodeId: string): string | null {
  const node = doc.nodes.find((candidate) => candidate.id === nodeId);
  let reason = 'no_input';
  for (const port of node === undefined ? [] : inputsOf(node)) {
    const verdict = canConnect(doc, from, { node: nodeId, port: port.id });
    if (verdict.ok) return null;
    reason = verdict.reason;
  }
  return reason;
}

/** Why no output of a node can lead here; null: one can. */
function refusalFrom(doc: FlowDocument, nodeId: string, to: EdgeEnd): string | null {
  const node = doc.nodes.find((candidate) => candidate.id === nodeId);
  let reason = 'no_output';
  for (const port of node === undefined ? [] : outputsOf(node)) {
    const verdict = canConnect(doc, { node: nodeId, port: port.id }, to);
    if (verdict.ok) return null;
    reason = verdict.reason;
  }
  return reason;
}

import type { PortType } from '../nodes/node-kind.ts';
import type { EdgeEnd, FlowDocument } from './document.ts';
import { reachableFrom } from './graph.ts';
import { portsOf } from './node-ports.ts';

/** Why two ports cannot be joined; texts in the message files below `designer.edgeRefused.<reason>`. */
export type EdgeRefusal = 'node_missing' | 'unknown_port' | 'same_node' | 'duplicate_edge' | 'type_mismatch' | 'cycle';

export type ConnectResult = { ok: true } | { ok: false; reason: EdgeRefusal };

/** Whether an edge may be drawn from an output to an input. */
export function canConnect(doc: FlowDocument, from: EdgeEnd, to: EdgeEnd): ConnectResult {
  const source = doc.nodes.find(({ id }) => id === from.node);
  const target = doc.nodes.find(({ id }) => id === to.node);
  if (source === undefined || target === undefined) return refused('node_missing');
  if (from.node === to.node) return refused('same_node');
  const output = portsOf(source).outputs.find(({ id }) => id === from.port);
  const input = portsOf(target).inputs.find(({ id }) => id === to.port);
  if (output === undefined || input === undefined) return refused('unknown_port');
  if (doc.edges.some((edge) => sameEnd(edge.from, from) && sameEnd(edge.to, to))) return refused('duplicate_edge');
  if (!typesFit(output.type, input.type)) return refused('type_mismatch');
  return reachableFrom(doc, [to.node]).has(from.node) ? refused('cycle') : { ok: true };
}

export function typesFit(from: PortType, to: PortType): boolean {
  return from === to || from === 'any' || to === 'any';
}

export function sameEnd(left: EdgeEnd, right: EdgeEnd): boolean {
  return left.node === right.node && left.port === right.port;
}

function refused(reason: EdgeRefusal): ConnectResult {
  return { ok: false, reason };
}

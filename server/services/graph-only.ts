import type { FlowDocument, FlowNode } from '#engine/flow/document.ts';
import { isRecord, parseJson, stringifyJson } from '#engine/flow/json.ts';
import { findNodeKind } from '#engine/nodes/registry.ts';
import type { Scope } from '../tenancy/scope.ts';
import { readDocument } from './flow-document.ts';

/**
 * A stored document for the eyes of this actor. Who may not edit flows gets the graph a run is drawn on: nodes, labels,
 * places and edges, but no configuration (scripts, addresses, mappings), except where it shapes the ports.
 */
export function documentFor(scope: Scope, docText: string): string {
  return scope.actor.permissions.includes('flow:edit') ? docText : stringifyJson(graphOnly(readDocument(docText)));
}

function graphOnly(doc: FlowDocument): FlowDocument {
  return { ...doc, nodes: doc.nodes.map(bare) };
}

function bare(node: FlowNode): FlowNode {
  const kind = findNodeKind(node.kind);
  if (kind === undefined) return { ...node, config: {} };
  const config = kind.config.safeParse(node.config);
  const initial = kind.config.safeParse(kind.initial());
  if (!config.success || !initial.success) return { ...node, config: {} };
  const same = JSON.stringify(kind.ports(config.data)) === JSON.stringify(kind.ports(initial.data));
  return same ? { ...node, config: toConfig(kind.initial()) } : node;
}

function toConfig(initial: unknown): FlowNode['config'] {
  const read = parseJson(JSON.stringify(initial));
  return isRecord(read) ? read : {};
}

import { findNodeKind } from '../nodes/registry.ts';
import type { NodeGroup, PortList } from '../nodes/node-kind.ts';
import type { FlowDocument } from './document.ts';
import { typesFit } from './edge-rules.ts';
import { reachableFrom, topologicalOrder } from './graph.ts';
import { portsOf } from './node-ports.ts';
import type { Problem } from './problem.ts';

interface GraphNode {
  id: string;
  kind: string;
  group: NodeGroup | undefined;
  ports: PortList;
}

/** Problems of how the nodes are joined. */
export function checkGraph(doc: FlowDocument): Problem[] {
  const nodes = doc.nodes.map((node) => ({
    id: node.id,
    kind: node.kind,
    group: findNodeKind(node.kind)?.group,
    ports: portsOf(node),
  }));
  return [...checkTriggers(doc, nodes), ...checkReach(doc, nodes), ...checkEdges(doc, nodes), ...checkBranches(doc, nodes)];
}

function checkTriggers(doc: FlowDocument, nodes: GraphNode[]): Problem[] {
  const triggers = nodes.filter(({ group }) => group === 'trigger');
  if (triggers.length === 0) return [{ code: 'no_trigger', severity: 'error' }];
  return triggers
    .filter(({ id }) => !doc.edges.some(({ from }) => from.node === id))
    .map(({ id }) => ({ code: 'trigger_unconnected', severity: 'error', nodeId: id }));
}

function checkReach(doc: FlowDocument, nodes: GraphNode[]): Problem[] {
  const problems: Problem[] = topologicalOrder(doc)
    // A node behind a cycle is stuck too, but only those that reach themselves are in it.
    .stuck.filter((id) => doc.edges.some(({ from, to }) => from.node === id && reachableFrom(doc, [to.node]).has(id)))
    .map((nodeId) => ({ code: 'cycle', severity: 'error', nodeId }));
  const triggers = nodes.filter(({ group }) => group === 'trigger').map(({ id }) => id);
  const reached = reachableFrom(doc, triggers);
  for (const { id, group } of nodes) {
    if (group === undefined || group === 'annotation' || reached.has(id)) continue;
    // Unfinished work beside a flow that runs is no reason to keep the flow from running.
    problems.push({ code: 'node_unreachable', severity: 'warning', nodeId: id });
  }
  return problems;
}

function checkEdges(doc: FlowDocument, nodes: GraphNode[]): Problem[] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const seen = new Set<string>();
  return doc.edges.flatMap(({ id: edgeId, from, to }): Problem[] => {
    const output = byId.get(from.node)?.ports.outputs.find(({ id }) => id === from.port);
    const input = byId.get(to.node)?.ports.inputs.find(({ id }) => id === to.port);
    if (output === undefined) return [unknownPort(edgeId, from)];
    if (input === undefined) return [unknownPort(edgeId, to)];
    const name = `${from.node} ${from.port} ${to.node} ${to.port}`;
    if (seen.has(name)) return [{ code: 'duplicate_edge', severity: 'error', edgeId, nodeId: to.node }];
    seen.add(name);
    if (typesFit(output.type, input.type)) return [];
    const params = { from: output.type, to: input.type };
    return [{ code: 'type_mismatch', severity: 'error', edgeId, nodeId: to.node, params }];
  });
}

function unknownPort(edgeId: string, { node, port }: { node: string; port: string }): Problem {
  return { code: 'unknown_port', severity: 'error', edgeId, nodeId: node, params: { port } };
}

/** A branch whose records would end in nothing, unnoticed. */
function checkBranches(doc: FlowDocument, nodes: GraphNode[]): Problem[] {
  return nodes
    .filter(({ ports }) => ports.outputs.length > 1)
    .flatMap(({ id, kind, ports }) =>
      ports.outputs
        .filter((port) => !doc.edges.some(({ from }) => from.node === id && from.port === port.id))
        .map(
          (port): Problem => ({
            code: 'branch_unconnected',
            severity: 'warning',
            nodeId: id,
            // A port without a name of its own is called as its kind calls it.
            params: { port: port.label ?? port.id, ...(port.label === undefined && { kind }) },
          }),
        ),
    );
}

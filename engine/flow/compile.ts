import type { NodeKind } from '../nodes/node-kind.ts';
import { findNodeKind } from '../nodes/registry.ts';
import type { EdgeEnd, FlowDocument, FlowNode, FlowSettings, NodePolicy } from './document.ts';
import { topologicalOrder } from './graph.ts';
import type { ProblemCode } from './problem-codes.ts';

/** A flow made ready to run: nodes in an order in which every edge leads forward, configurations parsed and prepared. */
export interface FlowPlan {
  steps: PlanStep[];
  /** Node ids of the triggers. */
  triggers: string[];
  settings: FlowSettings;
}

export interface PlanStep {
  nodeId: string;
  kind: NodeKind;
  config: unknown;
  prepared: unknown;
  /** What to do differently from the rule when a step of this node fails. */
  policy: NodePolicy | null;
  /** One for each edge that arrives. */
  inputs: { port: string; from: EdgeEnd }[];
  /** Port ids. */
  outputs: string[];
  /** One for each edge that leaves. */
  consumers: { port: string; to: EdgeEnd }[];
}

/** A document that passes `validateFlow` always compiles; this is what happens to the others. */
export class FlowCompileError extends Error {
  readonly code: ProblemCode;
  readonly nodeId: string | undefined;

  constructor(code: ProblemCode, nodeId?: string) {
    super(nodeId === undefined ? `Flow: ${code}` : `Flow: ${code} at node ${nodeId}`);
    this.name = 'FlowCompileError';
    this.code = code;
    this.nodeId = nodeId;
  }
}

/**
 * Compiles a document; called once per version, the plan serves all its runs. Notes and edges to ports that are not
 * there are left out.
 * @throws {FlowCompileError} cycle, unknown_kind or config_invalid
 */
export function compileFlow(doc: FlowDocument): FlowPlan {
  const { order, stuck } = topologicalOrder(doc);
  const [first] = stuck;
  if (first !== undefined) throw new FlowCompileError('cycle', first);
  const nodes = new Map(doc.nodes.map((node) => [node.id, node]));
  const steps: PlanStep[] = [];
  for (const id of order) {
    const node = nodes.get(id);
    const step = node === undefined ? null : compileStep(node, doc);
    if (step !== null) steps.push(step);
  }
  const triggers = steps.filter(({ kind }) => kind.group === 'trigger').map(({ nodeId }) => nodeId);
  return { steps: dropDeadEnds(steps), triggers, settings: doc.settings };
}

function compileStep(node: FlowNode, doc: FlowDocument): PlanStep | null {
  const kind = findNodeKind(node.kind);
  if (kind === undefined) throw new FlowCompileError('unknown_kind', node.id);
  if (kind.group === 'annotation') return null;
  const parsed = kind.config.safeParse(node.config);
  if (!parsed.success) throw new FlowCompileError('config_invalid', node.id);
  const ports = kind.ports(parsed.data);
  const inputs = new Set(ports.inputs.map(({ id }) => id));
  const outputs = ports.outputs.map(({ id }) => id);
  return {
    nodeId: node.id,
    kind,
    config: parsed.data,
    prepared: kind.prepare?.(parsed.data),
    policy: node.policy ?? null,
    inputs: doc.edges
      .filter(({ to }) => to.node === node.id && inputs.has(to.port))
      .map(({ from, to }) => ({ port: to.port, from })),
    outputs,
    consumers: doc.edges
      .filter(({ from }) => from.node === node.id && outputs.includes(from.port))
      .map(({ from, to }) => ({ port: from.port, to })),
  };
}

/** An edge counts only when both its ends do. */
function dropDeadEnds(steps: PlanStep[]): PlanStep[] {
  const arrives = new Set<string>();
  for (const { nodeId, inputs } of steps) {
    for (const { port, from } of inputs) arrives.add(`${from.node} ${from.port} ${nodeId} ${port}`);
  }
  const leaves = new Set<string>();
  const kept = steps.map((step) => {
    const consumers = step.consumers.filter(({ port, to }) => {
      const name = `${step.nodeId} ${port} ${to.node} ${to.port}`;
      return arrives.has(name) && Boolean(leaves.add(name));
    });
    return { ...step, consumers };
  });
  return kept.map((step) => ({
    ...step,
    inputs: step.inputs.filter(({ port, from }) => leaves.has(`${from.node} ${from.port} ${step.nodeId} ${port}`)),
  }));
}

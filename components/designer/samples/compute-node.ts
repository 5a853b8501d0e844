import type { FlowNode } from '#engine/flow/document.ts';
import type { NodeKind } from '#engine/nodes/node-kind.ts';
import { findNodeKind } from '#engine/nodes/registry.ts';
import type { DataRecord, EventInfo, StepOutput, StepPorts } from '#engine/nodes/step.ts';

/** Kinds whose executor needs nothing but its records: it is the engine's own that runs here, so a preview is what a run gives. */
const COMPUTED: ReadonlySet<string> = new Set(['map', 'filter', 'branch', 'split', 'batch', 'merge', 'join', 'validate', 'try', 'collect']);
/** Kinds that wait, tell or remember, and then send each record on as it was, through this port. */
const PASSING: Readonly<Record<string, string>> = {
  'webhook-trigger': 'out', 'manual-trigger': 'out', 'api-trigger': 'out', 'flow-trigger': 'out', 'schedule-trigger': 'out',
  wait: 'out', debounce: 'out', dedupe: 'out', 'flow-event': 'out', respond: 'out', approval: 'approved',
};

const EVENT: EventInfo = { id: '', receivedAt: '1970-01-01T00:00:00.000Z', trigger: 'manual', flowId: '', runId: '', environment: '', test: true };

export type PortRecords = Readonly<Record<string, readonly DataRecord[]>>;

/** A node that can be computed here, made ready once. */
type Executor = (arriving: PortRecords) => StepOutput | null;

const executors = new WeakMap<FlowNode['config'], Executor | null>();

/** Records behind a node, by port, where that needs neither a call nor the sandbox. Null: it cannot be computed here. */
export function computeNode(node: FlowNode, arriving: PortRecords): StepOutput | null {
  const passes = PASSING[node.kind];
  if (passes !== undefined) return { outputs: { [passes]: Object.values(arriving).flat() }, failures: [] };
  return executorOf(node)?.(arriving) ?? null;
}

/** Whether records behind this node can be known without asking the engine. */
export function isComputed(node: FlowNode): boolean {
  return PASSING[node.kind] !== undefined || executorOf(node) !== null;
}

function executorOf(node: FlowNode): Executor | null {
  // Configurations are never changed in place: what was compiled for one is kept with it.
  const known = executors.get(node.config);
  if (known !== undefined) return known;
  const kind = COMPUTED.has(node.kind) ? findNodeKind(node.kind) : undefined;
  const made = kind === undefined ? null : prepare(kind, node);
  executors.set(node.config, made);
  return made;
}

function prepare(kind: NodeKind, node: FlowNode): Executor | null {
  const parsed = kind.config.safeParse(node.config);
  if (!parsed.success) return null;
  const config = parsed.data;
  const prepared = quietly(() => kind.prepare?.(config) ?? null);
  if (prepared === undefined) return null;
  return (arriving) => {
    const output = quietly(() =>
      kind.execute({
        nodeId: node.id,
        config,
        prepared,
        records: Object.values(arriving).flat(),
        inputs: Object.fromEntries(Object.entries(arriving).map(([port, records]) => [port, [...records]])),
        event: EVENT,
        ports: noPorts(),
        page: { number: 1, last: true, carry: undefined },
      }),
    );
    if (output === undefined) return null;
    if (!(output instanceof Promise)) return output;
    // It asks for something from outside after all (a formula, a table).
    output.catch(() => undefined);
    return null;
  };
}

/** A half-written configuration may throw where a checked one does not. */
function quietly<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}

function noPorts(): StepPorts {
  const refuse = (): never => {
    throw new Error('Nothing outside is asked for a preview.');
  };
  return { call: refuse, evaluate: refuse, now: () => 0, get state(): never { return refuse(); } };
}

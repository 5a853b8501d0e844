import type { FlowNode } from '#engine/flow/document.ts';
import type { NodeGroup, PortList, PortSpec, Summary } from '#engine/nodes/node-kind.ts';
import { findNodeKind } from '#engine/nodes/registry.ts';

/** What a run or a test did at a node; the newest attempt. */
export interface StepMark {
  nodeId: string;
  state: 'running' | 'succeeded' | 'failed' | 'waiting';
  recordsIn: number;
  recordsOut: number;
  recordsFailed: number;
  durationMs: number;
  /** Records per output port, where it is known. */
  outputs?: Readonly<Record<string, number>>;
}

/** What the canvas draws of a node, derived from its kind and configuration. */
export interface KindInfo {
  icon: string;
  group: NodeGroup;
  ports: PortList;
  summary: Summary | null;
}

const cache = new WeakMap<FlowNode, KindInfo>();
const UNKNOWN: KindInfo = { icon: '', group: 'annotation', ports: { inputs: [], outputs: [] }, summary: null };

/** Ports, icon and summary of a node; kept with the node, which is never changed in place. */
export function kindOf(node: FlowNode): KindInfo {
  const known = cache.get(node);
  if (known !== undefined) return known;
  const info = describe(node);
  cache.set(node, info);
  return info;
}

function describe(node: FlowNode): KindInfo {
  const kind = findNodeKind(node.kind);
  if (kind === undefined) return UNKNOWN;
  const config = kind.config.safeParse(node.config);
  // A configuration the schema refuses is shown with the ports of a fresh node; validateFlow names what is wrong with it.
  const shown = config.success ? config.data : kind.initial();
  return { icon: kind.icon, group: kind.group, ports: kind.ports(shown), summary: config.success ? kind.summary(shown) : null };
}

export function inputsOf(node: FlowNode): readonly PortSpec[] {
  return kindOf(node).ports.inputs;
}

export function outputsOf(node: FlowNode): readonly PortSpec[] {
  return kindOf(node).ports.outputs;
}

import type { PortList } from '../nodes/node-kind.ts';
import { findNodeKind } from '../nodes/registry.ts';
import type { FlowNode } from './document.ts';

const NO_PORTS: PortList = { inputs: [], outputs: [] };

/** The ports a node has with its present configuration; those of a new node while the configuration is incomplete. */
export function portsOf(node: Pick<FlowNode, 'kind' | 'config'>): PortList {
  const kind = findNodeKind(node.kind);
  if (kind === undefined) return NO_PORTS;
  const parsed = kind.config.safeParse(node.config);
  return kind.ports(parsed.success ? parsed.data : kind.initial());
}

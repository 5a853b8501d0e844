import { useTranslations } from 'next-intl';
import type { FlowNode } from '#engine/flow/document.ts';
import type { PortSpec } from '#engine/nodes/node-kind.ts';
import { kindOf } from './kind-info.ts';
import type { PortSide } from './port-handle.tsx';
import { usePhrases } from './use-phrases.ts';

export interface NodeText {
  kindLabel: string;
  /** One line of what the node does; empty where its configuration cannot be read. */
  summary: string;
  portLabel(port: PortSpec, side: PortSide): string;
}

/** Texts of one node in the reader's language. */
export function useNodeText(node: FlowNode): NodeText {
  const t = useTranslations('nodes');
  const { summary } = kindOf(node);
  return {
    kindLabel: t.has(`${node.kind}.label`) ? t(`${node.kind}.label`) : node.kind,
    summary: summary === null ? '' : t(`${node.kind}.summary.${summary.key}`, summary.params),
    portLabel: (port) => port.label ?? t(`${node.kind}.ports.${port.id}`),
  };
}

/** Names nodes for screen readers and lists: its label, then its kind. */
export function useNodeName(): (node: FlowNode) => string {
  return usePhrases().node;
}

import { useFormatter, useTranslations } from 'next-intl';
import { useMemo } from 'react';
import type { FlowEdge, FlowNode } from '#engine/flow/document.ts';
import type { Problem } from '#engine/flow/problem.ts';
import { inputsOf, outputsOf, type StepMark } from './kind-info.ts';
import { noteText } from './note-text.ts';

/**
 * The dictionary of the flow: how nodes, ports, edges, problems and steps are named, on the canvas, in the outline, in lists and
 * to screen readers. Whoever says one of these says it with these.
 */
export interface Phrases {
  /** A node's own name; a note's is its first line. */
  name(node: FlowNode): string;
  kind(node: FlowNode): string;
  /** Name, and kind where the name does not say it already. */
  node(node: FlowNode): string;
  port(node: FlowNode, portId: string, side: 'in' | 'out'): string;
  /** An end of an edge: the node, and which of its ports where it has several. */
  end(node: FlowNode, portId: string, side: 'in' | 'out'): string;
  edge(edge: FlowEdge, nodeOf: (id: string) => FlowNode | undefined): string;
  /** How many errors and warnings; null: none. */
  problems(problems: readonly Problem[]): string | null;
  step(step: StepMark): string;
}

/** The dictionary in the reader's language. */
export function usePhrases(): Phrases {
  const nodes = useTranslations('nodes');
  const t = useTranslations('designer');
  const words = useTranslations('outline.phrases');
  const format = useFormatter();
  return useMemo(() => {
    const kind = (node: FlowNode): string => (nodes.has(`${node.kind}.label`) ? nodes(`${node.kind}.label`) : node.kind);
    const name = (node: FlowNode): string => {
      const own = node.kind === 'note' ? (noteText(node).split('\n')[0] ?? '') : node.label;
      return own.trim() === '' ? kind(node) : own;
    };
    const port: Phrases['port'] = (node, portId, side) => {
      const own = (side === 'in' ? inputsOf(node) : outputsOf(node)).find(({ id }) => id === portId)?.label;
      if (own !== undefined && own !== '') return own;
      return nodes.has(`${node.kind}.ports.${portId}`) ? nodes(`${node.kind}.ports.${portId}`) : portId;
    };
    const end: Phrases['end'] = (node, portId, side) =>
      (side === 'in' ? inputsOf(node) : outputsOf(node)).length < 2 ? name(node) : t('inspector.nodeAndPort', { node: name(node), port: port(node, portId, side) });
    return {
      name,
      kind,
      node: (node) => (name(node) === kind(node) ? kind(node) : words('node', { name: name(node), kind: kind(node) })),
      port,
      end,
      edge({ from, to }, nodeOf) {
        const [source, target] = [nodeOf(from.node), nodeOf(to.node)];
        return t('overlay.edge', { from: source === undefined ? from.node : end(source, from.port, 'out'), to: target === undefined ? to.node : end(target, to.port, 'in') });
      },
      problems(problems) {
        if (problems.length === 0) return null;
        const errors = problems.filter(({ severity }) => severity === 'error').length;
        const parts = [errors > 0 && t('card.errors', { count: errors }), problems.length > errors && t('card.warnings', { count: problems.length - errors })];
        return parts.filter((part) => part !== false).join(', ');
      },
      step: (step) =>
        [
          t(`step.state.${step.state}`),
          t('step.records', { in: format.number(step.recordsIn), out: format.number(step.recordsOut) }),
          ...(step.recordsFailed > 0 ? [t('step.failed', { count: step.recordsFailed })] : []),
        ].join(', '),
    };
  }, [nodes, t, words, format]);
}

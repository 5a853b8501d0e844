import { useTranslations } from 'next-intl';
import { kindOf } from '#components/canvas/kind-info.ts';
import { usePhrases } from '#components/canvas/use-phrases.ts';
import { outputsOf } from '#components/canvas/kind-info.ts';
import { indexOf } from '../doc-index.ts';
import type { DesignerState } from '../store.ts';
import { useDesigner } from '../use-designer.ts';
import type { OutlineItem } from './outline-tree.ts';

/** A line of the outline for those who hear it: what it is, where it comes from, what is wrong with it and what the last run did. */
export function useLineName(item: OutlineItem, presence: string | null): string {
  const t = useTranslations('outline');
  const nodes = useTranslations('nodes');
  const phrases = usePhrases();
  const problems = useDesigner((state) => state.problemsByNode.get(item.node.id));
  const step = useDesigner((state) => state.run?.steps.get(item.node.id) ?? state.test?.steps.get(item.node.id));
  const doc = useDesigner((state: DesignerState) => state.doc);
  const { node } = item;
  if (item.type === 'way') {
    const port = phrases.port(node, item.port, 'out');
    const way = item.nth === null ? t('wayOf', { port, node: phrases.name(node) }) : t('nthWay', { port, number: item.nth });
    return item.edge === null ? `${way}, ${t('nothingFollows')}` : way;
  }
  if (item.type === 'reference') return t('goesOnAt', { node: phrases.name(node) });
  const source = item.via === null ? undefined : indexOf(doc).node(item.via.from.node);
  const { summary } = kindOf(node);
  return [
    phrases.node(node),
    source !== undefined && item.via !== null && outputsOf(source).length > 1 ? t('after', { port: phrases.port(source, item.via.from.port, 'out') }) : null,
    summary === null || node.kind === 'note' ? null : nodes(`${node.kind}.summary.${summary.key}`, summary.params),
    item.joins.length > 0 ? t('joins', { count: item.joins.length }) : null,
    problems === undefined ? null : phrases.problems(problems),
    step === undefined ? null : phrases.step(step),
    presence,
  ]
    .filter((part) => part !== null && part !== '')
    .join(', ');
}

import { ChevronRight, CircleAlert, CornerDownRight, GitBranch, Merge, TriangleAlert } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { memo, type ReactNode } from 'react';
import { kindOf } from '#components/canvas/kind-info.ts';
import { NodeIcon } from '#components/canvas/node-icon.tsx';
import { useNodeText } from '#components/canvas/use-node-text.ts';
import { usePhrases } from '#components/canvas/use-phrases.ts';
import { cn } from '#components/ui/cn.ts';
import { StatusDot } from '#components/ui/status-dot.tsx';
import type { FlowNode } from '#engine/flow/document.ts';
import type { Problem } from '#engine/flow/problem.ts';
import { useDesigner } from '../use-designer.ts';
import type { OutlineItem } from './outline-tree.ts';

const TONES = { succeeded: 'success', failed: 'failed', waiting: 'waiting', running: 'changed' } as const;
const NO_PROBLEMS: readonly Problem[] = [];

interface OutlineLineProps {
  item: OutlineItem;
  expanded: boolean | undefined;
  /** In place of the name while it is being changed. */
  renaming: ReactNode;
  onToggle: () => void;
}

/** What one line of the outline shows. Subscribes to what concerns its one node. */
export const OutlineLine = memo(function OutlineLine({ item, expanded, renaming, onToggle }: OutlineLineProps) {
  return (
    <>
      <span
        aria-hidden
        className="flex size-5 shrink-0 items-center justify-center rounded-sm text-text-muted hover:text-text"
        onClick={(event) => {
          event.stopPropagation();
          onToggle();
        }}
      >
        {expanded !== undefined && <ChevronRight className={cn('size-3.5 transition-transform duration-100', expanded && 'rotate-90')} />}
      </span>
      {item.type === 'node' ? <NodeLine item={item} renaming={renaming} /> : item.type === 'way' ? <WayLine item={item} /> : <ReferenceLine node={item.node} />}
    </>
  );
});

function NodeLine({ item, renaming }: { item: Extract<OutlineItem, { type: 'node' }>; renaming: ReactNode }) {
  const t = useTranslations('outline');
  const { node } = item;
  const { kindLabel, summary } = useNodeText(node);
  const phrases = usePhrases();
  const info = kindOf(node);
  const note = node.kind === 'note';
  return (
    <>
      <NodeIcon icon={info.icon} group={info.group} size="sm" />
      {renaming ?? <span className={cn('min-w-0 max-w-[60%] shrink-0 truncate', note ? 'text-text-muted' : 'font-medium')}>{phrases.name(node)}</span>}
      <span className="min-w-0 flex-1 truncate text-xs text-text-muted">{note ? '' : summary === '' ? kindLabel : summary}</span>
      {item.joins.length > 0 && (
        <span className="flex shrink-0 items-center gap-1 text-2xs text-text-muted">
          <Merge aria-hidden className="size-3 rotate-90" />
          {t('joins', { count: item.joins.length })}
        </span>
      )}
      <GroupMark nodeId={node.id} />
      <StepMarkOf nodeId={node.id} />
      <ProblemMark nodeId={node.id} />
    </>
  );
}

function WayLine({ item }: { item: Extract<OutlineItem, { type: 'way' }> }) {
  const t = useTranslations('outline');
  const phrases = usePhrases();
  const port = phrases.port(item.node, item.port, 'out');
  return (
    <>
      <GitBranch aria-hidden className="size-3.5 shrink-0 text-text-muted" />
      <span className="min-w-0 truncate text-xs font-medium text-text-muted">{item.nth === null ? port : t('nthWay', { port, number: item.nth })}</span>
      {item.edge === null && <span className="truncate text-xs text-text-muted italic">{t('nothingFollows')}</span>}
    </>
  );
}

function ReferenceLine({ node }: { node: FlowNode }) {
  const t = useTranslations('outline');
  const phrases = usePhrases();
  return (
    <>
      <CornerDownRight aria-hidden className="size-3.5 shrink-0 text-text-muted" />
      <span className="min-w-0 truncate text-xs text-text-muted">{t('goesOnAt', { node: phrases.name(node) })}</span>
    </>
  );
}

function GroupMark({ nodeId }: { nodeId: string }) {
  const label = useDesigner((state) => state.doc.groups?.find(({ nodes }) => nodes.includes(nodeId))?.label);
  if (label === undefined) return null;
  return <span className="max-w-28 shrink-0 truncate rounded-sm border border-border px-1 text-2xs text-text-muted max-md:hidden">{label}</span>;
}

function StepMarkOf({ nodeId }: { nodeId: string }) {
  const step = useDesigner((state) => state.run?.steps.get(nodeId) ?? state.test?.steps.get(nodeId));
  const phrases = usePhrases();
  if (step === undefined) return null;
  return (
    <span className="flex shrink-0 items-center gap-1 text-2xs text-text-muted tabular-nums" title={phrases.step(step)}>
      <StatusDot tone={TONES[step.state]} />
      {step.recordsIn} → {step.recordsOut}
      {step.recordsFailed > 0 && <span className="font-medium text-failed">−{step.recordsFailed}</span>}
    </span>
  );
}

function ProblemMark({ nodeId }: { nodeId: string }) {
  const problems = useDesigner((state) => state.problemsByNode.get(nodeId) ?? NO_PROBLEMS);
  const phrases = usePhrases();
  const text = phrases.problems(problems);
  if (text === null) return null;
  const failed = problems.some(({ severity }) => severity === 'error');
  return (
    <span title={text} className={cn('flex h-5 shrink-0 items-center gap-0.5 rounded-sm px-1 text-2xs font-semibold', failed ? 'bg-failed-tint text-failed' : 'bg-waiting-tint text-waiting')}>
      {failed ? <CircleAlert aria-hidden className="size-3.5" /> : <TriangleAlert aria-hidden className="size-3.5" />}
      {problems.length}
    </span>
  );
}

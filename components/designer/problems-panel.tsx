'use client';

import { useReactFlow } from '@xyflow/react';
import { CircleAlert, CircleCheck, TriangleAlert } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useProblemWords } from '#components/schema-form/use-problem-words.ts';
import type { Problem } from '#engine/flow/problem.ts';
import { indexOf } from './doc-index.ts';
import { useDesigner, useDesignerStore } from './use-designer.ts';

/** Everything that is wrong with the flow; each line leads to its place. */
export function ProblemsPanel() {
  const t = useTranslations('designer.problems');
  const problems = useDesigner((state) => state.problems);
  if (problems.length === 0) {
    return (
      <p className="flex items-center gap-2 p-4 text-sm text-text-muted">
        <CircleCheck aria-hidden className="size-4 text-success" />
        {t('none')}
      </p>
    );
  }
  // What keeps the flow from being published comes first.
  const errors = problems.filter(({ severity }) => severity === 'error');
  return <ProblemList problems={[...errors, ...problems.filter(({ severity }) => severity !== 'error')]} />;
}

export function ProblemList({ problems, onJump }: { problems: readonly Problem[]; onJump?: () => void }) {
  const t = useTranslations('designer.problems');
  const store = useDesignerStore();
  const flow = useReactFlow();
  const words = useProblemWords();
  const doc = useDesigner((state) => state.doc);
  function jump(problem: Problem): void {
    const { nodeId, edgeId } = problem;
    const edge = edgeId === undefined ? undefined : indexOf(doc).edge(edgeId);
    const at = nodeId ?? edge?.to.node;
    store.getState().select(nodeId === undefined ? [] : [nodeId], nodeId === undefined && edgeId !== undefined ? [edgeId] : []);
    if (at !== undefined) void flow.fitView({ nodes: [{ id: at }], maxZoom: 1, padding: 0.6, duration: 150 });
    onJump?.();
  }
  return (
    <ul className="divide-y divide-border">
      {problems.map((problem, index) => (
        <li key={index}>
          <button type="button" className="flex w-full items-start gap-2 px-4 py-2 text-left text-sm hover:bg-surface-2" onClick={() => jump(problem)}>
            {problem.severity === 'error' ? (
              <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-failed" />
            ) : (
              <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-waiting" />
            )}
            <span className="sr-only">{t(problem.severity)}</span>
            <span className="min-w-0 flex-1">{words(problem)}</span>
            <span className="max-w-1/3 shrink-0 truncate text-xs text-text-muted">
              {problem.nodeId === undefined ? t('flow') : indexOf(doc).node(problem.nodeId)?.label}
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}

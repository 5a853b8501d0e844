'use client';

import { CircleAlert, TriangleAlert } from 'lucide-react';
import { useProblemWords } from '#components/schema-form/use-problem-words.ts';
import type { Problem } from '#engine/flow/problem.ts';

/** Problems of a node that belong to none of its fields. */
export function NodeProblems({ problems }: { problems: readonly Problem[] }) {
  const text = useProblemWords();
  const whole = problems.filter((problem) => problem.field === undefined);
  if (whole.length === 0) return null;
  return (
    <ul className="flex flex-col gap-1">
      {whole.map((problem, index) => (
        <li key={index} className="flex items-start gap-1.5 text-xs">
          {problem.severity === 'error' ? (
            <CircleAlert aria-hidden className="mt-px size-3.5 shrink-0 text-failed" />
          ) : (
            <TriangleAlert aria-hidden className="mt-px size-3.5 shrink-0 text-waiting" />
          )}
          {text(problem)}
        </li>
      ))}
    </ul>
  );
}

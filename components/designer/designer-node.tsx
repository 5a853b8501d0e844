'use client';

import type { NodeProps } from '@xyflow/react';
import { memo } from 'react';
import { NodeCard } from '#components/canvas/node-card.tsx';
import type { CanvasNode } from '#components/canvas/to-graph.ts';
import type { DesignerState } from './store.ts';
import { useDesigner } from './use-designer.ts';

/** A node of the designer: subscribes to what concerns this one node, so that an edit draws one card. */
export const DesignerNode = memo(function DesignerNode({ id, data, selected, isConnectable }: NodeProps<CanvasNode>) {
  const problems = useDesigner((state) => state.problemsByNode.get(id));
  const step = useDesigner((state) => state.run?.steps.get(id) ?? state.test?.steps.get(id));
  const refusal = useDesigner((state) => refusalOf(state, id));
  return (
    <NodeCard
      node={data.node}
      selected={selected}
      problems={countProblems(problems)}
      step={step}
      refusal={refusal}
      connectable={isConnectable}
    />
  );
});

function refusalOf(state: DesignerState, id: string): string | null {
  const { connecting } = state;
  return connecting === null ? null : (connecting.refusals.get(id) ?? null);
}

function countProblems(problems: DesignerState['problems'] | undefined) {
  if (problems === undefined) return undefined;
  const errors = problems.filter((problem) => problem.severity === 'error').length;
  return { errors, warnings: problems.length - errors };
}

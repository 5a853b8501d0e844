import { CircleAlert, TriangleAlert } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { cn } from '#components/ui/cn.ts';
import type { FlowNode } from '#engine/flow/document.ts';
import { kindOf, type StepMark } from './kind-info.ts';
import { NodeIcon } from './node-icon.tsx';
import { PortHandle, type PortSide } from './port-handle.tsx';
import { StepLine } from './step-line.tsx';
import { useNodeText } from './use-node-text.ts';

export interface NodeCardProps {
  node: FlowNode;
  selected: boolean;
  /** Errors and warnings found on this node. */
  problems?: { errors: number; warnings: number };
  /** What the last run or test did here. */
  step?: StepMark;
  /** While an edge is drawn: why it cannot end here. */
  refusal?: string | null;
  connectable?: boolean;
  /** The configuration is not known here: say the kind instead of a summary of it. */
  kindOnly?: boolean;
}

/** A node as it stands on the canvas: icon, label, one line of what it does, ports, and what is wrong with it. */
export function NodeCard({ node, selected, problems, step, refusal, connectable = false, kindOnly = false }: NodeCardProps) {
  const { kindLabel, summary, portLabel } = useNodeText(node);
  const info = kindOf(node);
  const line = kindOnly ? kindLabel : summary;
  const { inputs, outputs } = info.ports;
  // One port stands on the card's own line; several are listed by name below it.
  const listedIn = inputs.length > 1 ? inputs : [];
  const listedOut = outputs.length > 1 ? outputs : [];
  const rows = Array.from({ length: Math.max(listedIn.length, listedOut.length) }, (_, index) => ({ input: listedIn[index], output: listedOut[index], index }));
  const handle = (side: PortSide, index: number): ReactNode => {
    const port = (side === 'in' ? inputs : outputs)[index];
    return port === undefined ? null : <PortHandle port={port} side={side} name={portLabel(port, side)} connectable={connectable} />;
  };
  return (
    <div
      className={cn(
        'weft-node relative w-60 rounded-md border bg-raised shadow-raised transition-[border-color,opacity] duration-100',
        borderOf(selected, step),
        refusal !== undefined && refusal !== null && 'opacity-40',
      )}
      title={refusal ?? undefined}
      data-group={info.group}
      data-state={step?.state}
      data-problems={problems !== undefined && problems.errors > 0 ? 'error' : undefined}
    >
      <div className="relative flex h-13 items-center gap-2.5 px-3">
        {inputs.length === 1 && handle('in', 0)}
        <span className="weft-detail">
          <NodeIcon icon={info.icon} group={info.group} />
        </span>
        <div className="min-w-0 flex-1">
          <p className="weft-title truncate text-sm leading-4.5 font-semibold" title={node.label}>
            {node.label === '' ? kindLabel : node.label}
          </p>
          <p className="weft-detail weft-fine truncate text-2xs text-text-muted" title={line}>
            {line}
          </p>
        </div>
        <span className="weft-detail">
          <ProblemBadge problems={problems} />
        </span>
        {outputs.length === 1 && handle('out', 0)}
      </div>
      {rows.length > 0 && (
        <ul className="weft-detail border-t border-border py-1">
          {rows.map(({ input, output, index }) => (
            <li key={index} className="relative flex h-6 items-center justify-between gap-3 px-3 text-2xs text-text-muted">
              {input !== undefined && handle('in', index)}
              <span className="truncate">{input !== undefined && portLabel(input, 'in')}</span>
              <span className="truncate">{output !== undefined && portLabel(output, 'out')}</span>
              {output !== undefined && handle('out', index)}
            </li>
          ))}
        </ul>
      )}
      {step !== undefined && <StepLine step={step} />}
    </div>
  );
}

function borderOf(selected: boolean, step: StepMark | undefined): string {
  if (selected) return 'border-accent ring-1 ring-accent';
  if (step?.state === 'failed') return 'border-failed';
  if (step?.state === 'waiting') return 'border-waiting';
  if (step?.state === 'succeeded') return 'border-success';
  return 'border-border hover:border-border-strong';
}

function ProblemBadge({ problems }: { problems: NodeCardProps['problems'] }) {
  const t = useTranslations('designer.card');
  if (problems === undefined || problems.errors + problems.warnings === 0) return null;
  const failed = problems.errors > 0;
  const count = failed ? problems.errors : problems.warnings;
  const name = failed ? t('errors', { count }) : t('warnings', { count });
  return (
    <span
      title={name}
      className={cn(
        'flex h-5 shrink-0 items-center gap-0.5 rounded-sm px-1 text-2xs font-semibold',
        failed ? 'bg-failed-tint text-failed' : 'bg-waiting-tint text-waiting',
      )}
    >
      {failed ? <CircleAlert aria-hidden className="size-3.5" /> : <TriangleAlert aria-hidden className="size-3.5" />}
      <span aria-hidden>{count}</span>
      <span className="sr-only">{name}</span>
    </span>
  );
}

import type { ReactNode } from 'react';
import { cn } from '#components/ui/cn.ts';

interface StateProps {
  label: string;
  /** Controls keep their own width; fields and lists take the column's. */
  fill?: boolean;
  children: ReactNode;
}

/** One state of a component, named. */
export function State({ label, fill = false, children }: StateProps) {
  return (
    <div className={cn('flex min-w-0 flex-col gap-1.5', !fill && 'items-start')}>
      <p className="text-2xs text-text-muted">{label}</p>
      {children}
    </div>
  );
}

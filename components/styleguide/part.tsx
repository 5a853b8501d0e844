import type { ReactNode } from 'react';
import { cn } from '#components/ui/cn.ts';

interface PartProps {
  /** As the code calls it. */
  name: string;
  /** Room per state, in columns of a wide screen. */
  columns?: 1 | 2 | 3 | 4;
  children: ReactNode;
}

const COLUMNS = { 1: '', 2: 'lg:grid-cols-2', 3: 'sm:grid-cols-2 xl:grid-cols-3', 4: 'sm:grid-cols-2 xl:grid-cols-4' } as const;

/** One component of the interface with all its states below each other. */
export function Part({ name, columns = 4, children }: PartProps) {
  return (
    <div className="flex min-w-0 flex-col gap-3 py-4">
      <h3 className="font-mono text-xs text-text-muted">{name}</h3>
      <div className={cn('grid min-w-0 grid-cols-[minmax(0,1fr)] gap-x-6 gap-y-5', COLUMNS[columns])}>{children}</div>
    </div>
  );
}

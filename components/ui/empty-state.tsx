import type { ReactNode } from 'react';
import { cn } from './cn.ts';

interface EmptyStateProps {
  icon?: ReactNode;
  title: ReactNode;
  /** What would be here and how it gets here. */
  children?: ReactNode;
  action?: ReactNode;
  tone?: 'neutral' | 'failed';
  className?: string;
}

/** What a list shows when it has nothing, or could not be read: why, and the next step. */
export function EmptyState({ icon, title, children, action, tone = 'neutral', className }: EmptyStateProps) {
  return (
    <div role={tone === 'failed' ? 'alert' : undefined} className={cn('flex flex-col items-center gap-2 px-6 py-14 text-center', className)}>
      {icon !== undefined && (
        <span
          aria-hidden
          className={cn(
            'mb-1 flex size-10 items-center justify-center rounded-lg [&_svg]:size-5',
            tone === 'failed' ? 'bg-failed-tint text-failed' : 'bg-surface-3 text-text-muted',
          )}
        >
          {icon}
        </span>
      )}
      <p className="text-base font-semibold">{title}</p>
      {children !== undefined && <div className="max-w-100 text-sm text-text-muted">{children}</div>}
      {action !== undefined && <div className="mt-3 flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  );
}

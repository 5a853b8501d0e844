import { cn } from './cn.ts';

/** A grey bar in the place of something that is on its way. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden className={cn('block h-3 animate-pulse rounded-sm bg-surface-3', className)} />;
}

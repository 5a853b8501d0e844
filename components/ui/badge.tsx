import type { ReactNode } from 'react';
import { cn } from './cn.ts';

export type Tone = 'neutral' | 'accent' | 'success' | 'waiting' | 'failed' | 'changed';

const TONES: Record<Tone, string> = {
  neutral: 'bg-surface-3 text-text-muted',
  accent: 'bg-accent-tint text-accent',
  success: 'bg-success-tint text-success',
  waiting: 'bg-waiting-tint text-waiting',
  failed: 'bg-failed-tint text-failed',
  changed: 'bg-changed-tint text-changed',
};

/** A short word or number with a meaning. Colour repeats what the word says, it never says it alone. */
export function Badge({ tone = 'neutral', icon, className, children }: { tone?: Tone; icon?: ReactNode; className?: string; children: ReactNode }) {
  return (
    <span
      className={cn(
        'inline-flex h-5 shrink-0 items-center gap-1 rounded-sm px-1.5 text-xs font-medium whitespace-nowrap [&_svg]:size-3',
        TONES[tone],
        className,
      )}
    >
      {icon}
      {children}
    </span>
  );
}

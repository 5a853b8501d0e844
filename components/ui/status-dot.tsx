import type { Tone } from './badge.tsx';
import { cn } from './cn.ts';

const DOTS: Record<Tone, string> = {
  neutral: 'bg-border-strong',
  accent: 'bg-accent',
  success: 'bg-success',
  waiting: 'bg-waiting',
  failed: 'bg-failed',
  changed: 'bg-changed',
};

/** A dot before a word that says the same; decorative, therefore hidden from screen readers. */
export function StatusDot({ tone, pulse = false, className }: { tone: Tone; pulse?: boolean; className?: string }) {
  return <span aria-hidden className={cn('inline-block size-2 shrink-0 rounded-full', DOTS[tone], pulse && 'animate-pulse', className)} />;
}

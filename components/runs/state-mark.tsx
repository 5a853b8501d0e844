import { CircleCheck, CircleX, Clock, LoaderCircle } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { cn } from '#components/ui/cn.ts';
import type { RunState } from '#server/views/run.ts';

const LOOKS: Record<RunState, { icon: typeof CircleCheck; look: string }> = {
  succeeded: { icon: CircleCheck, look: 'text-success' },
  failed: { icon: CircleX, look: 'text-failed' },
  waiting: { icon: Clock, look: 'text-waiting' },
  running: { icon: LoaderCircle, look: 'text-changed' },
};

/** A run's or step's state: an icon of its own shape, and the word. */
export function StateMark({ state, className }: { state: RunState; className?: string }) {
  const t = useTranslations('runs.states');
  const { icon: Icon, look } = LOOKS[state];
  return (
    <span className={cn('flex w-fit items-center gap-1.5 font-medium whitespace-nowrap', look, className)}>
      <Icon aria-hidden className={cn('size-4 shrink-0', state === 'running' && 'animate-spin')} />
      {t(state)}
    </span>
  );
}

'use client';

import { Hand, Play } from 'lucide-react';
import { useFormatter, useNow, useTranslations } from 'next-intl';
import { useState } from 'react';
import { ReasonDialog } from '#components/shell/reason-dialog.tsx';
import { useCan } from '#components/shell/session-context.tsx';
import { useDeed } from '#components/shell/use-deed.ts';
import { useTrpc } from '#components/trpc/trpc.ts';
import { Button } from '#components/ui/button.tsx';
import { cn } from '#components/ui/cn.ts';
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx';
import { Field } from '#components/ui/field.tsx';
import { Select } from '#components/ui/select.tsx';
import type { FlowView } from '#server/views/flow.ts';

const RATES = [1, 5, 10, 25, 50, 100, 250] as const;
const ALL = '';

/** Whether the flow's events are run, and the brake. */
export function HoldBar({ flow }: { flow: FlowView }) {
  const t = useTranslations('waiting.desk');
  const format = useFormatter();
  const now = useNow({ updateInterval: 10_000 });
  const mayControl = useCan('traffic:control');
  const [asking, setAsking] = useState<'hold' | 'resume' | null>(null);
  const { live } = flow;
  if (live === null) return <p className="border-b border-border px-4 py-3 text-sm text-text-muted">{t('notLive')}</p>;
  const when = live.heldAt === null ? '' : format.relativeTime(new Date(live.heldAt), now);
  const state = live.held
    ? live.heldReason === null
      ? t('held', { when })
      : t('heldReason', { when, reason: live.heldReason })
    : live.drainPerSecond !== null
      ? t('draining', { rate: live.drainPerSecond })
      : flow.waiting > 1_000
        ? t('many')
        : t('count', { count: flow.waiting });
  return (
    <div className={cn('flex flex-wrap items-center justify-between gap-2 border-b border-border px-4 py-3', live.held && 'bg-waiting-tint')}>
      <p role="status" className={cn('min-w-0 flex-1 text-sm break-words', live.held && 'font-medium text-waiting')}>
        {state}
      </p>
      {mayControl && (
        <Button variant={live.held ? 'primary' : 'secondary'} onClick={() => setAsking(live.held ? 'resume' : 'hold')}>
          {live.held ? <Play aria-hidden className="size-4" /> : <Hand aria-hidden className="size-4" />}
          {live.held ? t('resume') : t('hold')}
        </Button>
      )}
      {asking === 'hold' && <HoldDialog flowId={flow.id} onClose={() => setAsking(null)} />}
      {asking === 'resume' && <ResumeDialog flowId={flow.id} onClose={() => setAsking(null)} />}
    </div>
  );
}

function HoldDialog({ flowId, onClose }: { flowId: string; onClose: () => void }) {
  const t = useTranslations('waiting.desk');
  const trpc = useTrpc();
  const hold = useDeed(trpc.flow.hold.mutationOptions(), { stale: trpc.flow.pathKey(), toast: { title: t('heldToast') }, onDone: onClose });
  return (
    <ReasonDialog
      title={t('holdTitle')}
      description={t('holdText')}
      confirmLabel={t('hold')}
      label={t('reason')}
      hint={t('reasonHint')}
      busy={hold.busy}
      error={hold.error}
      onClose={onClose}
      onConfirm={(reason) => hold.mutate({ flowId, reason })}
    />
  );
}

function ResumeDialog({ flowId, onClose }: { flowId: string; onClose: () => void }) {
  const t = useTranslations('waiting.desk');
  const trpc = useTrpc();
  const [rate, setRate] = useState<string>(ALL);
  const resume = useDeed(trpc.flow.resume.mutationOptions(), { stale: trpc.flow.pathKey(), toast: { tone: 'success', title: t('resumedToast') }, onDone: onClose });
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      tone="primary"
      title={t('resumeTitle')}
      description={t('resumeText')}
      confirmLabel={t('resume')}
      busy={resume.busy}
      error={resume.error}
      onConfirm={() => resume.mutate({ flowId, drainPerSecond: rate === ALL ? null : Number(rate) })}
    >
      <Field label={t('drain')}>
        {({ id }) => (
          <Select
            id={id}
            value={rate}
            onValueChange={setRate}
            options={[{ value: ALL, label: t('drainAll') }, ...RATES.map((value) => ({ value: String(value), label: t('draining', { rate: value }) }))]}
          />
        )}
      </Field>
    </ConfirmDialog>
  );
}

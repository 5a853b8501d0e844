'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Hand, Play } from 'lucide-react';
import { useFormatter, useNow, useTranslations } from 'next-intl';
import { useState } from 'react';
import { useErrorText } from '#components/i18n/use-error-text.ts';
import { useCan } from '#components/shell/session-context.tsx';
import { useTrpc } from '#components/trpc/trpc.ts';
import { Button } from '#components/ui/button.tsx';
import { cn } from '#components/ui/cn.ts';
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import { Select } from '#components/ui/select.tsx';
import { useToast } from '#components/ui/toast.tsx';
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
  const queryClient = useQueryClient();
  const toast = useToast();
  const errorText = useErrorText();
  const [reason, setReason] = useState('');
  const hold = useMutation(
    trpc.flow.hold.mutationOptions({
      onSuccess: async () => {
        toast({ title: t('heldToast') });
        onClose();
        await queryClient.invalidateQueries({ queryKey: trpc.flow.pathKey() });
      },
    }),
  );
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      tone="primary"
      title={t('holdTitle')}
      description={t('holdText')}
      confirmLabel={t('hold')}
      disabled={reason.trim() === ''}
      busy={hold.isPending}
      error={hold.isError ? errorText(hold.error) : undefined}
      onConfirm={() => hold.mutate({ flowId, reason: reason.trim() })}
    >
      <Field label={t('reason')} hint={t('reasonHint')} required>
        {(control) => <Input {...control} value={reason} maxLength={500} autoFocus onChange={(event) => setReason(event.target.value)} />}
      </Field>
    </ConfirmDialog>
  );
}

function ResumeDialog({ flowId, onClose }: { flowId: string; onClose: () => void }) {
  const t = useTranslations('waiting.desk');
  const trpc = useTrpc();
  const queryClient = useQueryClient();
  const toast = useToast();
  const errorText = useErrorText();
  const [rate, setRate] = useState<string>(ALL);
  const resume = useMutation(
    trpc.flow.resume.mutationOptions({
      onSuccess: async () => {
        toast({ tone: 'success', title: t('resumedToast') });
        onClose();
        await queryClient.invalidateQueries({ queryKey: trpc.flow.pathKey() });
      },
    }),
  );
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      tone="primary"
      title={t('resumeTitle')}
      description={t('resumeText')}
      confirmLabel={t('resume')}
      busy={resume.isPending}
      error={resume.isError ? errorText(resume.error) : undefined}
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

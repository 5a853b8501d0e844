'use client';

import { useMutation, useQuery } from '@tanstack/react-query';
import { RotateCcw, TriangleAlert } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useFormatter, useNow, useTranslations } from 'next-intl';
import { RadioGroup } from 'radix-ui';
import { useId, useState } from 'react';
import { useErrorText } from '#components/i18n/use-error-text.ts';
import { RERUN_MODES } from '#components/replays/rerun-modes.ts';
import { useTrpc } from '#components/trpc/trpc.ts';
import { Button } from '#components/ui/button.tsx';
import { cn } from '#components/ui/cn.ts';
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx';
import { Spinner } from '#components/ui/spinner.tsx';
import { useToast } from '#components/ui/toast.tsx';
import type { ConfirmedWrite, RerunMode, RerunPreview } from '#server/views/rerun.ts';
import type { RunView } from '#server/views/run.ts';

/** Runs an ended run again in one of three ways, each after showing which confirmed writes it would repeat. */
export function RunAgain({ run, onRetried }: { run: RunView; onRetried: () => void }) {
  const t = useTranslations('replays.again');
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>
        <RotateCcw aria-hidden className="size-4" />
        {t('action')}
      </Button>
      {open && <RunAgainDialog run={run} onOpenChange={setOpen} onRetried={onRetried} />}
    </>
  );
}

function RunAgainDialog({ run, onOpenChange, onRetried }: { run: RunView; onOpenChange: (open: boolean) => void; onRetried: () => void }) {
  const t = useTranslations('replays.again');
  const trpc = useTrpc();
  const router = useRouter();
  const toast = useToast();
  const errorText = useErrorText();
  const [mode, setMode] = useState<RerunMode>(run.state === 'failed' && run.pages === 0 ? 'step' : 'start');
  const preview = useQuery(trpc.run.retryPreview.queryOptions({ runId: run.id, mode }, { staleTime: 0 }));
  const retry = useMutation(
    trpc.run.retry.mutationOptions({
      onSuccess: ({ id }) => {
        onOpenChange(false);
        toast({ tone: 'success', title: id === run.id ? t('started') : t('startedNew') });
        if (id === run.id) onRetried();
        else router.push(`/runs/${id}`);
      },
    }),
  );
  const version = preview.data?.versionNumber ?? run.versionNumber;
  const label = mode === 'step' ? t('confirmStep') : mode === 'start' ? t('confirmStart') : t('confirmNewest', { version });
  const possible = preview.data !== undefined && preview.data.refusal === null;
  return (
    <ConfirmDialog
      open
      onOpenChange={onOpenChange}
      tone="primary"
      title={t('title')}
      description={t('text')}
      confirmLabel={label}
      disabled={!possible}
      busy={retry.isPending}
      error={retry.isError ? errorText(retry.error) : undefined}
      onConfirm={() => retry.mutate({ runId: run.id, mode })}
    >
      <div className="flex flex-col gap-4">
        <ModeChoice mode={mode} onChange={setMode} />
        {preview.isPending && (
          <p role="status" className="flex items-center gap-2 text-sm text-text-muted">
            <Spinner /> {t('loading')}
          </p>
        )}
        {preview.isError && <p role="alert" className="text-sm text-failed">{errorText(preview.error)}</p>}
        {preview.data !== undefined && <Preview preview={preview.data} fallbackVersion={run.versionNumber} />}
      </div>
    </ConfirmDialog>
  );
}

function ModeChoice({ mode, onChange }: { mode: RerunMode; onChange: (mode: RerunMode) => void }) {
  const t = useTranslations('replays.again');
  const id = useId();
  return (
    <RadioGroup.Root value={mode} onValueChange={(value) => onChange(RERUN_MODES.find((known) => known === value) ?? 'step')} aria-label={t('mode')} className="flex flex-col gap-1">
      {RERUN_MODES.map((value) => (
        <div key={value} className={cn('relative flex items-center gap-3 rounded-md border px-3 py-2', value === mode ? 'border-accent bg-accent-tint' : 'border-border hover:bg-surface-2')}>
          <RadioGroup.Item id={`${id}-${value}`} value={value} className="flex size-4 shrink-0 items-center justify-center rounded-full border border-border-strong bg-raised data-[state=checked]:border-accent">
            <RadioGroup.Indicator className="size-2 rounded-full bg-accent" />
          </RadioGroup.Item>
          <label htmlFor={`${id}-${value}`} className="flex-1 text-sm font-medium after:absolute after:inset-0">
            {t(`modes.${value}`)}
          </label>
        </div>
      ))}
    </RadioGroup.Root>
  );
}

function Preview({ preview, fallbackVersion }: { preview: RerunPreview; fallbackVersion: number }) {
  const t = useTranslations('replays.again');
  const version = preview.versionNumber ?? fallbackVersion;
  if (preview.refusal !== null) return <p className="rounded-md bg-waiting-tint px-3 py-2 text-sm text-waiting">{t(`refusal.${preview.refusal}`)}</p>;
  const hint = preview.mode === 'newest' ? (preview.sameRun ? 'newestSame' : 'newestNew') : preview.mode;
  const left = preview.repeatsTotal - preview.repeats.length;
  return (
    <div className="flex flex-col gap-2 text-sm">
      <p>{t(`hints.${hint}`, { version })}</p>
      {preview.repeatsTotal === 0 ? (
        <p className="text-text-muted">{preview.sameRun ? t('kept', { count: preview.keptTotal }) : t('repeats', { count: 0 })}</p>
      ) : (
        <>
          <p className="flex items-center gap-2 font-medium text-waiting">
            <TriangleAlert aria-hidden className="size-4 shrink-0" />
            {t('repeats', { count: preview.repeatsTotal })}
          </p>
          <ul className="max-h-60 divide-y divide-border overflow-y-auto rounded-md border border-border">
            {preview.repeats.map((write) => (
              <WriteLine key={`${write.nodeId} ${write.recordKey}`} write={write} />
            ))}
            {left > 0 && <li className="px-3 py-2 text-text-muted">{t('moreWrites', { count: left })}</li>}
          </ul>
        </>
      )}
    </div>
  );
}

function WriteLine({ write }: { write: ConfirmedWrite }) {
  const t = useTranslations('replays.again');
  const format = useFormatter();
  const now = useNow();
  return (
    <li className="px-3 py-2">
      <span className="flex flex-wrap items-baseline justify-between gap-x-3">
        <span className="font-medium">
          {write.nodeLabel}
          {write.connectionName !== null && <span className="font-normal text-text-muted"> · {write.connectionName}</span>}
        </span>
        <span className="text-xs text-text-muted">{t('writeAt', { when: format.relativeTime(new Date(write.at), now) })}</span>
      </span>
      <span className="block truncate font-mono text-xs text-text-muted" title={`${write.method} ${write.url}`}>
        {write.method} {write.url}
      </span>
      {write.businessKeys.length > 0 && <span className="block text-xs">{write.businessKeys.join(' · ')}</span>}
    </li>
  );
}

'use client';

import { useMutation } from '@tanstack/react-query';
import { RotateCcw } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useErrorText } from '#components/i18n/use-error-text.ts';
import { useTrpc } from '#components/trpc/trpc.ts';
import { Badge, type Tone } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx';
import { useToast } from '#components/ui/toast.tsx';
import type { FlowDocument } from '#engine/flow/document.ts';
import type { RunView } from '#server/views/run.ts';
import { type RetryWrite, retryWrites } from './retry-writes.ts';

const TONES: Record<RetryWrite['outcome'], Tone> = { failed: 'waiting', open: 'changed', done: 'success' };

/** Another attempt of a failed run, after showing which writes it would send and which it would not. */
export function RetryButton({ run, doc, onRetried }: { run: RunView; doc: FlowDocument | null; onRetried: () => void }) {
  const t = useTranslations('runs.retry');
  const trpc = useTrpc();
  const toast = useToast();
  const errorText = useErrorText();
  const [open, setOpen] = useState(false);
  const retry = useMutation(
    trpc.run.retry.mutationOptions({
      onSuccess: () => {
        setOpen(false);
        toast({ tone: 'success', title: t('started') });
        onRetried();
      },
    }),
  );
  const writes = doc === null ? [] : retryWrites(doc, run.steps);
  return (
    <>
      <Button onClick={() => setOpen(true)}>
        <RotateCcw aria-hidden className="size-4" />
        {t('action')}
      </Button>
      <ConfirmDialog
        open={open}
        onOpenChange={setOpen}
        tone="primary"
        title={t('title')}
        description={t('text', { version: run.versionNumber })}
        confirmLabel={t('action')}
        busy={retry.isPending}
        error={retry.isError ? errorText(retry.error) : undefined}
        onConfirm={() => retry.mutate({ runId: run.id })}
      >
        {writes.length === 0 ? (
          <p className="text-sm text-text-muted">{t('noWrites')}</p>
        ) : (
          <ul className="divide-y divide-border rounded-md border border-border">
            {writes.map((write) => (
              <li key={write.nodeId} className="flex items-center justify-between gap-3 px-3 py-2">
                <span className="min-w-0">
                  <span className="block truncate text-sm font-medium">{write.label}</span>
                  <span className="block truncate font-mono text-xs text-text-muted">
                    {write.method} {write.url}
                  </span>
                </span>
                <Badge tone={TONES[write.outcome]}>{write.records === null ? t(`outcome.${write.outcome}`) : t(`outcome.${write.outcome}Count`, { count: write.records })}</Badge>
              </li>
            ))}
          </ul>
        )}
      </ConfirmDialog>
    </>
  );
}

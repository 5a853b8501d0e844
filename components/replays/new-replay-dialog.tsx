'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { TriangleAlert } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useDuration } from '#components/i18n/use-duration.ts';
import { useErrorText } from '#components/i18n/use-error-text.ts';
import { useTrpc } from '#components/trpc/trpc.ts';
import { Button } from '#components/ui/button.tsx';
import { Checkbox } from '#components/ui/checkbox.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { Spinner } from '#components/ui/spinner.tsx';
import { useToast } from '#components/ui/toast.tsx';
import type { ReplayPreview } from '#server/views/replay.ts';
import { EMPTY_REPLAY, type ReplayForm, replayInput } from './replay-form.ts';
import { ReplayFields } from './replay-fields.tsx';

/** Filter, dry run, start: nothing happens before its numbers have been seen, and writes that repeat are agreed to in so many words. */
export function NewReplayDialog({ onOpenChange }: { onOpenChange: (open: boolean) => void }) {
  const t = useTranslations('replays.bulk');
  const common = useTranslations('common');
  const trpc = useTrpc();
  const queryClient = useQueryClient();
  const toast = useToast();
  const errorText = useErrorText();
  const [form, setForm] = useState<ReplayForm>(EMPTY_REPLAY);
  const [asked, setAsked] = useState<ReplayForm | null>(null);
  const [understood, setUnderstood] = useState(false);
  const preview = useQuery(trpc.replay.preview.queryOptions(replayInput(asked ?? form), { enabled: asked !== null, staleTime: 0 }));
  const start = useMutation(
    trpc.replay.start.mutationOptions({
      onSuccess: async () => {
        toast({ tone: 'success', title: t('started') });
        onOpenChange(false);
        await queryClient.invalidateQueries({ queryKey: trpc.replay.pathKey() });
      },
    }),
  );
  // A dry run tells of the filter it was made with; any change asks for a new one.
  const seen = asked === form ? preview.data : undefined;
  const ready = seen !== undefined && seen.runs > 0 && (seen.writesTotal === 0 || understood);

  return (
    <Dialog
      open
      onOpenChange={onOpenChange}
      title={t('title')}
      description={t('text')}
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>{common('cancel')}</Button>
          {seen === undefined || seen.runs === 0 ? (
            <Button variant="primary" busy={asked === form && preview.isFetching} onClick={() => {
              setUnderstood(false);
              if (asked === form) void preview.refetch();
              setAsked(form);
            }}>
              {t('preview')}
            </Button>
          ) : (
            <Button variant="primary" disabled={!ready} busy={start.isPending} onClick={() => start.mutate({ ...replayInput(form), note: form.note.trim(), expected: seen.runs })}>
              {t('start', { count: seen.runs })}
            </Button>
          )}
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <ReplayFields form={form} onChange={(change) => setForm((before) => ({ ...before, ...change }))} />
        {asked === form && preview.isFetching && (
          <p role="status" className="flex items-center gap-2 text-sm text-text-muted">
            <Spinner /> {t('previewing')}
          </p>
        )}
        {asked === form && preview.isError && <p role="alert" className="rounded-md bg-failed-tint px-3 py-2 text-sm text-failed">{errorText(preview.error)}</p>}
        {seen !== undefined && !preview.isFetching && <DryRun preview={seen} understood={understood} onUnderstood={setUnderstood} />}
        {start.isError && <p role="alert" className="rounded-md bg-failed-tint px-3 py-2 text-sm text-failed">{errorText(start.error)}</p>}
      </div>
    </Dialog>
  );
}

function DryRun({ preview, understood, onUnderstood }: { preview: ReplayPreview; understood: boolean; onUnderstood: (understood: boolean) => void }) {
  const t = useTranslations('replays.bulk');
  const duration = useDuration();
  return (
    <section aria-live="polite" className="flex flex-col gap-2 rounded-lg bg-surface-2 px-4 py-3 text-sm">
      <p className="font-semibold">
        {t('runs', { count: preview.runs })}
        {preview.runs > 0 && <span className="font-normal text-text-muted"> · {t('takes', { duration: duration(preview.seconds * 1_000) })}</span>}
      </p>
      {preview.capped && <p className="text-waiting">{t('capped')}</p>}
      {preview.flows.length > 1 && (
        <ul className="text-text-muted">
          {preview.flows.slice(0, 6).map((flow) => (
            <li key={flow.flowId}>
              {flow.flowName} · {flow.retailerName}: {t('runs', { count: flow.runs })}
            </li>
          ))}
        </ul>
      )}
      {preview.runs > 0 && preview.writesTotal === 0 && <p className="text-success">{t('noWrites')}</p>}
      {preview.writesTotal > 0 && (
        <>
          <p className="flex items-center gap-2 font-medium text-waiting">
            <TriangleAlert aria-hidden className="size-4 shrink-0" />
            {t('writes', { count: preview.writesTotal })}
          </p>
          <ul>
            {preview.writes.map((write) => (
              <li key={`${write.method} ${write.connectionName}`}>{t('writeLine', { count: write.count, method: write.method, connection: write.connectionName ?? t('unknownConnection') })}</li>
            ))}
          </ul>
          <Checkbox checked={understood} onCheckedChange={onUnderstood} label={t('understood')} />
        </>
      )}
    </section>
  );
}

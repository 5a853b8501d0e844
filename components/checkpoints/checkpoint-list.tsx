'use client';

import { useQuery } from '@tanstack/react-query';
import { MapPin } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { QueryFailure } from '#components/shell/query-failure.tsx';
import { useCan } from '#components/shell/session-context.tsx';
import { useTrpc } from '#components/trpc/trpc.ts';
import { Button } from '#components/ui/button.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { ListSkeleton } from '#components/ui/list-skeleton.tsx';
import { TimeAgo } from '#components/ui/time-ago.tsx';
import type { CheckpointView } from '#server/views/checkpoint.ts';
import { CheckpointDialog } from './checkpoint-dialog.tsx';

/** How far a flow has come, who said so, and the way to say otherwise. */
export function CheckpointList({ flowId }: { flowId: string }) {
  const t = useTranslations('checkpoints');
  const trpc = useTrpc();
  const mayEdit = useCan('checkpoint:edit');
  const [editing, setEditing] = useState<{ checkpoint: CheckpointView; valueText: string } | null>(null);
  const [shown, setShown] = useState<string | null>(null);
  const checkpoints = useQuery(trpc.checkpoint.list.queryOptions({ flowId }));
  if (checkpoints.isPending) return <ListSkeleton rows={3} />;
  if (checkpoints.isError) return <QueryFailure error={checkpoints.error} onRetry={() => void checkpoints.refetch()} />;
  if (checkpoints.data.length === 0)
    return (
      <EmptyState icon={<MapPin />} title={t('emptyTitle')}>
        {t('emptyText')}
      </EmptyState>
    );
  return (
    <>
      <p className="px-4 py-3 text-sm text-text-muted">{t('text')}</p>
      <ul className="divide-y divide-border border-y border-border">
        {checkpoints.data.map((checkpoint) => (
          <li key={checkpoint.name} className="flex flex-col gap-1 px-4 py-3 text-sm">
            <span className="flex flex-wrap items-center justify-between gap-2">
              <CheckpointName checkpoint={checkpoint} />
              <span className="flex gap-1">
                <Button size="sm" variant="quiet" aria-expanded={shown === checkpoint.name} onClick={() => setShown(shown === checkpoint.name ? null : checkpoint.name)}>
                  {t('history')}
                </Button>
                {mayEdit && (
                  <Button size="sm" onClick={() => setEditing({ checkpoint, valueText: checkpoint.valueText })}>
                    {t('edit')}
                  </Button>
                )}
              </span>
            </span>
            <CheckpointVersion checkpoint={checkpoint} />
            {shown === checkpoint.name && <CheckpointHistory flowId={flowId} name={checkpoint.name} onUse={mayEdit ? (valueText) => setEditing({ checkpoint, valueText }) : undefined} />}
          </li>
        ))}
      </ul>
      {editing !== null && <CheckpointDialog flowId={flowId} checkpoint={editing.checkpoint} initial={editing.valueText} onClose={() => setEditing(null)} />}
    </>
  );
}

function CheckpointName({ checkpoint }: { checkpoint: CheckpointView }) {
  const t = useTranslations('checkpoints');
  const variable = checkpoint.name.startsWith('var:') ? checkpoint.name.slice(4) : null;
  return <span className="font-medium break-words">{variable === null ? (checkpoint.nodeLabel ?? checkpoint.name) : t('variable', { name: variable })}</span>;
}

function CheckpointVersion({ checkpoint }: { checkpoint: CheckpointView }) {
  const t = useTranslations('checkpoints');
  return (
    <span className="flex min-w-0 flex-col gap-0.5">
      <code className="font-mono text-xs break-all">{checkpoint.valueText}</code>
      <span className="text-xs text-text-muted">
        {t('version', { number: checkpoint.version })} · {checkpoint.byEngine ? t('engine') : (checkpoint.setByName ?? t('someone'))}, <TimeAgo at={checkpoint.setAt} />
        {checkpoint.runId !== null && (
          <>
            {' · '}
            <Link href={`/runs/${checkpoint.runId}`} className="underline decoration-border-strong underline-offset-4">
              {t('seeRun')}
            </Link>
          </>
        )}
      </span>
      {checkpoint.note !== '' && <span className="break-words">{checkpoint.note}</span>}
    </span>
  );
}

function CheckpointHistory({ flowId, name, onUse }: { flowId: string; name: string; onUse: ((valueText: string) => void) | undefined }) {
  const t = useTranslations('checkpoints');
  const trpc = useTrpc();
  const history = useQuery(trpc.checkpoint.history.queryOptions({ flowId, name }));
  if (history.isPending) return <ListSkeleton rows={2} />;
  if (history.isError) return <QueryFailure error={history.error} onRetry={() => void history.refetch()} />;
  return (
    <ol aria-label={t('historyOf', { name })} className="mt-2 flex flex-col gap-3 border-l border-border pl-3">
      {history.data.slice(1).map((version) => (
        <li key={version.version} className="flex items-start justify-between gap-2">
          <CheckpointVersion checkpoint={version} />
          {onUse !== undefined && (
            <Button size="sm" variant="quiet" onClick={() => onUse(version.valueText)}>
              {t('restore')}
            </Button>
          )}
        </li>
      ))}
    </ol>
  );
}

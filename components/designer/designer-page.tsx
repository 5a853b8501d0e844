'use client';

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { readDocText } from '#components/canvas/read-doc-text.ts';
import { QueryFailure } from '#components/shell/query-failure.tsx';
import { useTrpc } from '#components/trpc/trpc.ts';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { Spinner } from '#components/ui/spinner.tsx';
import { Designer } from './designer.tsx';

/** Loads a flow and opens it in the designer. */
export function DesignerPage({ flowId }: { flowId: string }) {
  const t = useTranslations('designer');
  const trpc = useTrpc();
  // Later reads only refresh what surrounds the draft (live version, endpoints); the open draft is the store's.
  const query = useQuery({ ...trpc.flow.get.queryOptions({ flowId }), gcTime: 0 });
  if (query.isPending) {
    return (
      <div className="flex flex-1 items-center justify-center">
        <Spinner label={t('loading')} className="text-text-muted" />
      </div>
    );
  }
  if (query.data === undefined) return <QueryFailure error={query.error} onRetry={() => void query.refetch()} />;
  const read = readDocText(query.data.draft.docText);
  if (!read.ok) {
    return (
      <EmptyState tone="failed" title={t('overlay.unreadable')}>
        {t(`overlay.reason.${read.code}`)}
      </EmptyState>
    );
  }
  return <Designer key={flowId} flow={query.data} doc={read.doc} />;
}

'use client';

import { useQuery } from '@tanstack/react-query';
import { useFormatter, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { AnswerReason } from '#components/runs/answer-reason.tsx';
import { useFailureText } from '#components/runs/use-failure-text.ts';
import { QueryFailure } from '#components/shell/query-failure.tsx';
import { useSession } from '#components/shell/session-context.tsx';
import { useTrpc } from '#components/trpc/trpc.ts';
import { ListCell, ListGrid, ListRow } from '#components/ui/list-grid.tsx';
import { ListSkeleton } from '#components/ui/list-skeleton.tsx';
import { TimeAgo } from '#components/ui/time-ago.tsx';
import type { ExceptionCause } from '#server/views/exception.ts';
import { type ExceptionFilters, exceptionQuery } from './exception-filters.ts';

const GRID = 'md:grid-cols-[4.5rem_minmax(0,2fr)_minmax(0,1.3fr)_8rem]';
const REFRESH_MS = 15_000;

interface CauseListProps {
  filters: ExceptionFilters;
  empty: ReactNode;
  onChoose: (filters: ExceptionFilters) => void;
}

/** One line for each thing that goes wrong, the most frequent first. */
export function CauseList({ filters, empty, onChoose }: CauseListProps) {
  const t = useTranslations('exceptions');
  const trpc = useTrpc();
  const causes = useQuery(trpc.exception.causes.queryOptions(exceptionQuery(filters), { refetchInterval: REFRESH_MS }));
  if (causes.isPending) return <ListSkeleton rows={6} />;
  if (causes.isError) return <QueryFailure error={causes.error} onRetry={() => void causes.refetch()} />;
  if (causes.data.length === 0) return empty;
  return (
    <ListGrid
      label={t('view.causes')}
      grid={GRID}
      columns={[
        { key: 'count', label: t('count'), numeric: true },
        { key: 'what', label: t('what') },
        { key: 'where', label: t('where') },
        { key: 'age', label: t('age') },
      ]}
    >
      {causes.data.map((cause) => (
        <CauseRow
          key={`${cause.flowId} ${cause.nodeId} ${cause.code} ${cause.cause}`}
          cause={cause}
          onChoose={() =>
            onChoose({ ...filters, view: 'list', flowId: cause.flowId, cause: { nodeId: cause.nodeId, code: cause.code, name: cause.cause, nodeLabel: cause.nodeLabel } })
          }
        />
      ))}
    </ListGrid>
  );
}

function CauseRow({ cause, onChoose }: { cause: ExceptionCause; onChoose: () => void }) {
  const t = useTranslations('exceptions');
  const format = useFormatter();
  const failureText = useFailureText();
  const session = useSession();
  return (
    <ListRow grid={GRID} className="md:py-2.5">
      <ListCell label={t('count')} numeric className="font-semibold text-failed md:text-base">
        {format.number(cause.count)}
      </ListCell>
      <ListCell wide>
        <button type="button" onClick={onChoose} aria-label={t('showCause', { count: cause.count })} className="line-clamp-2 text-left font-medium after:absolute after:inset-0 after:-outline-offset-2">
          {failureText(cause)}
        </button>
        {cause.message !== '' && cause.code !== 'raised' && <AnswerReason message={cause.message.slice(0, 300)} className="line-clamp-2 text-xs text-text-muted" />}
      </ListCell>
      <ListCell wide>
        <span className="block truncate">{cause.nodeLabel}</span>
        <span className="block truncate text-xs text-text-muted">
          {cause.flowName}
          {session.retailerId === null && ` · ${cause.retailerName}`}
        </span>
      </ListCell>
      <ListCell label={t('age')} className="text-text-muted">
        <TimeAgo at={cause.oldestAt} className="relative z-1" />
      </ListCell>
    </ListRow>
  );
}

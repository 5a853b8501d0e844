'use client';

import { useQuery } from '@tanstack/react-query';
import { Store } from 'lucide-react';
import Link from 'next/link';
import { useFormatter, useTranslations } from 'next-intl';
import { PageHeader } from '#components/shell/page-header.tsx';
import { QueryFailure } from '#components/shell/query-failure.tsx';
import { useTrpc } from '#components/trpc/trpc.ts';
import { Badge } from '#components/ui/badge.tsx';
import { cn } from '#components/ui/cn.ts';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { ListCell, ListGrid, ListRow } from '#components/ui/list-grid.tsx';
import { ListSkeleton } from '#components/ui/list-skeleton.tsx';
import { byTrouble, needsAttention } from './by-trouble.ts';

const GRID = 'md:grid-cols-[minmax(0,3fr)_repeat(4,minmax(5rem,1fr))]';
const REFRESH_MS = 30_000;

/** All retailers with their health at a glance, the troubled ones first. */
export function RetailerList() {
  const t = useTranslations('retailers');
  const format = useFormatter();
  const trpc = useTrpc();
  const retailers = useQuery(trpc.retailer.list.queryOptions(undefined, { refetchInterval: REFRESH_MS }));
  const sorted = retailers.data?.toSorted(byTrouble);
  const troubled = sorted?.filter(needsAttention).length ?? 0;
  return (
    <>
      <PageHeader
        title={t('title')}
        aside={
          sorted !== undefined &&
          sorted.length > 0 && <Badge tone={troubled === 0 ? 'success' : 'failed'}>{t('attention', { count: troubled })}</Badge>
        }
      />
      {retailers.isPending && <ListSkeleton />}
      {retailers.isError && <QueryFailure error={retailers.error} onRetry={() => void retailers.refetch()} />}
      {sorted?.length === 0 && (
        <EmptyState icon={<Store />} title={t('emptyTitle')}>
          {t('emptyText')}
        </EmptyState>
      )}
      {sorted !== undefined && sorted.length > 0 && (
        <ListGrid
          label={t('title')}
          grid={GRID}
          columns={[
            { key: 'name', label: t('name') },
            { key: 'live', label: t('flowsLive'), numeric: true },
            { key: 'runs', label: t('runs24h'), numeric: true },
            { key: 'failed', label: t('failed24h'), numeric: true },
            { key: 'exceptions', label: t('openExceptions'), numeric: true },
          ]}
        >
          {sorted.map((retailer) => (
            <ListRow key={retailer.id} grid={GRID}>
              <ListCell wide>
                <Link href={`/retailers/${retailer.id}`} className="block truncate font-medium after:absolute after:inset-0 after:-outline-offset-2">
                  {retailer.name}
                </Link>
              </ListCell>
              <ListCell label={t('flowsLive')} numeric>
                {t('liveOf', { live: retailer.liveCount, total: retailer.flowCount })}
              </ListCell>
              <ListCell label={t('runs24h')} numeric>
                {format.number(retailer.runs24h)}
              </ListCell>
              <ListCell label={t('failed24h')} numeric>
                <Trouble count={retailer.failed24h} text={format.number(retailer.failed24h)} />
              </ListCell>
              <ListCell label={t('openExceptions')} numeric>
                <Trouble count={retailer.openExceptions} text={format.number(retailer.openExceptions)} />
              </ListCell>
            </ListRow>
          ))}
        </ListGrid>
      )}
    </>
  );
}

/** Zero is quiet; anything else is red and heavier, so that it is seen without colour too. */
function Trouble({ count, text }: { count: number; text: string }) {
  return <span className={cn(count > 0 ? 'font-semibold text-failed' : 'text-text-muted')}>{text}</span>;
}

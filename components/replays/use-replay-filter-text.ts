'use client';

import { useQuery } from '@tanstack/react-query';
import { useFormatter, useTranslations } from 'next-intl';
import { useCallback } from 'react';
import { useTrpc } from '#components/trpc/trpc.ts';
import type { ReplayFilter } from '#server/views/replay.ts';

/** Which runs a replay was asked for, in a line. */
export function useReplayFilterText(): (filter: ReplayFilter) => string {
  const t = useTranslations('replays');
  const format = useFormatter();
  const trpc = useTrpc();
  const retailers = useQuery(trpc.retailer.list.queryOptions()).data;
  const flows = useQuery(trpc.flow.list.queryOptions({})).data;
  return useCallback(
    (filter) => {
      const moment = (at: string | undefined) => (at === undefined ? '…' : format.dateTime(new Date(at), 'minute'));
      const parts = [
        retailers?.find((retailer) => retailer.id === filter.retailerId)?.name,
        flows?.find((flow) => flow.id === filter.flowId)?.name,
        filter.state === undefined ? undefined : t(`bulk.${filter.state}`),
        filter.failureCode,
        filter.search,
        filter.from === undefined && filter.to === undefined ? undefined : t('fromTo', { from: moment(filter.from), to: moment(filter.to) }),
      ].filter((part) => part !== undefined && part !== '');
      return parts.length === 0 ? t('allRuns') : parts.join(' · ');
    },
    [t, format, retailers, flows],
  );
}

'use client';

import { useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { SearchBox } from '#components/shell/search-box.tsx';
import { useCan, useSession } from '#components/shell/session-context.tsx';
import { useTrpc } from '#components/trpc/trpc.ts';
import { Button } from '#components/ui/button.tsx';
import { Select } from '#components/ui/select.tsx';
import { FAILURE_CLASSES } from '#engine/nodes/step.ts';
import { type ExceptionFilters, isFiltered, NO_FILTERS } from './exception-filters.ts';

const WIDTH = 'sm:max-w-52 sm:min-w-28 sm:flex-1';

/** Search first, then what narrows it down. Every change is an address. */
export function ExceptionFilterBar({ filters, onChange }: { filters: ExceptionFilters; onChange: (filters: ExceptionFilters) => void }) {
  const t = useTranslations('exceptions');
  const trpc = useTrpc();
  const session = useSession();
  const canHandle = useCan('exception:handle');
  const manyRetailers = session.retailerId === null;
  const retailers = useQuery(trpc.retailer.list.queryOptions(undefined, { enabled: manyRetailers }));
  const flows = useQuery(trpc.flow.list.queryOptions({}));
  const offered = flows.data?.filter((flow) => filters.retailerId === null || flow.retailerId === filters.retailerId) ?? [];
  return (
    <div role="search" aria-label={t('filters')} className="grid grid-cols-2 items-center gap-2 sm:flex sm:flex-wrap">
      <div className="col-span-2 sm:max-w-72 sm:min-w-48 sm:flex-[2]">
        <SearchBox value={filters.search} onChange={(search) => onChange({ ...filters, search })} label={t('searchLabel')} placeholder={t('searchPlaceholder')} />
      </div>
      {canHandle && (
        <Select
          aria-label={t('state.label')}
          className={WIDTH}
          value={filters.state}
          onValueChange={(value) => onChange({ ...filters, state: value === 'resolved' ? 'resolved' : 'open' })}
          options={(['open', 'resolved'] as const).map((value) => ({ value, label: t(`state.${value}`) }))}
        />
      )}
      <Select
        aria-label={t('class')}
        className={WIDTH}
        value={filters.class ?? ''}
        onValueChange={(value) => onChange({ ...filters, class: FAILURE_CLASSES.find((known) => known === value) ?? null })}
        options={[{ value: '', label: t('anyClass') }, ...FAILURE_CLASSES.map((value) => ({ value, label: t(`classes.${value}`) }))]}
      />
      {manyRetailers && (
        <Select
          aria-label={t('retailer')}
          className={WIDTH}
          value={filters.retailerId ?? ''}
          onValueChange={(value) => onChange({ ...filters, retailerId: value === '' ? null : value, flowId: null })}
          options={[{ value: '', label: t('anyRetailer') }, ...(retailers.data ?? []).map(({ id, name }) => ({ value: id, label: name }))]}
        />
      )}
      <Select
        aria-label={t('flow')}
        className={WIDTH}
        value={filters.flowId ?? ''}
        onValueChange={(value) => onChange({ ...filters, flowId: value === '' ? null : value })}
        options={[
          { value: '', label: t('anyFlow') },
          ...offered.map(({ id, name, retailerName }) => ({ value: id, label: name, hint: manyRetailers && filters.retailerId === null ? retailerName : undefined })),
        ]}
      />
      {canHandle && (
        <Select
          aria-label={t('assigned')}
          // The fifth of them stands alone in its row on a phone, and takes it.
          className={`${WIDTH} max-sm:last:col-span-2`}
          value={filters.assigned ?? ''}
          onValueChange={(value) => onChange({ ...filters, assigned: value === 'me' || value === 'nobody' ? value : null })}
          options={[
            { value: '', label: t('anyone') },
            { value: 'me', label: t('mine') },
            { value: 'nobody', label: t('nobodys') },
          ]}
        />
      )}
      {isFiltered(filters) && (
        <Button variant="quiet" size="sm" onClick={() => onChange({ ...NO_FILTERS, view: filters.view, state: filters.state })}>
          <X aria-hidden className="size-3.5" />
          {t('clearFilters')}
        </Button>
      )}
    </div>
  );
}

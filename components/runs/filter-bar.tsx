'use client';

import { useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { SearchBox } from '#components/shell/search-box.tsx';
import { useSession } from '#components/shell/session-context.tsx';
import { useTrpc } from '#components/trpc/trpc.ts';
import { Button } from '#components/ui/button.tsx';
import { Select } from '#components/ui/select.tsx';
import { isFiltered, NO_FILTERS, RUN_STATES, type RunFilters } from './run-filters.ts';
import { TimeFilter } from './time-filter.tsx';

interface FilterBarProps {
  filters: RunFilters;
  onChange: (filters: RunFilters) => void;
}

/** Search first, then what narrows it down. Every change is an address. */
export function FilterBar({ filters, onChange }: FilterBarProps) {
  const t = useTranslations('runs');
  const trpc = useTrpc();
  const session = useSession();
  const manyRetailers = session.retailerId === null;
  const retailers = useQuery(trpc.retailer.list.queryOptions(undefined, { enabled: manyRetailers }));
  const flows = useQuery(trpc.flow.list.queryOptions({}));
  const offered = flows.data?.filter((flow) => filters.retailerId === null || flow.retailerId === filters.retailerId) ?? [];
  return (
    <div role="search" aria-label={t('filters')} className="grid grid-cols-2 items-center gap-2 sm:flex sm:max-lg:flex-wrap">
      <div className="col-span-2 sm:max-w-80 sm:min-w-48 sm:flex-[2]">
        <SearchBox value={filters.search} onChange={(search) => onChange({ ...filters, search })} label={t('searchLabel')} placeholder={t('searchPlaceholder')} />
      </div>
      <Select
        aria-label={t('state')}
        className="sm:max-w-56 sm:min-w-28 sm:flex-1"
        value={filters.state ?? ''}
        onValueChange={(value) => onChange({ ...filters, state: RUN_STATES.find((state) => state === value) ?? null })}
        options={[{ value: '', label: t('anyState') }, ...RUN_STATES.map((value) => ({ value, label: t(`states.${value}`) }))]}
      />
      <TimeFilter filters={filters} onChange={onChange} />
      {manyRetailers && (
        <Select
          aria-label={t('retailer')}
          className="sm:max-w-56 sm:min-w-28 sm:flex-1"
          value={filters.retailerId ?? ''}
          onValueChange={(value) => onChange({ ...filters, retailerId: value === '' ? null : value, flowId: null })}
          options={[{ value: '', label: t('anyRetailer') }, ...(retailers.data ?? []).map(({ id, name }) => ({ value: id, label: name }))]}
        />
      )}
      <Select
        aria-label={t('flow')}
        className="sm:max-w-56 sm:min-w-28 sm:flex-1"
        value={filters.flowId ?? ''}
        onValueChange={(value) => onChange({ ...filters, flowId: value === '' ? null : value })}
        options={[
          { value: '', label: t('anyFlow') },
          ...offered.map(({ id, name, retailerName }) => ({ value: id, label: name, hint: manyRetailers && filters.retailerId === null ? retailerName : undefined })),
        ]}
      />
      {isFiltered(filters) && (
        <Button variant="quiet" size="sm" onClick={() => onChange(NO_FILTERS)}>
          <X aria-hidden className="size-3.5" />
          {t('clearFilters')}
        </Button>
      )}
    </div>
  );
}

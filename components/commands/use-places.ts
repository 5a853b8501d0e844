import { useQuery } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { useCan } from '#components/shell/session-context.tsx';
import { useTrpc } from '#components/trpc/trpc.ts';
import type { PaletteEntry } from './desk.ts';

/** Milliseconds without a key before the server is asked. */
const PAUSE_MS = 150;
const MOST_RUNS = 6;

export interface Places {
  retailers: PaletteEntry[];
  flows: PaletteEntry[];
  connections: PaletteEntry[];
  /** Found by the server: business keys are not in the browser. */
  runs: PaletteEntry[];
  /** The server is being asked, or a key has been pressed it has not been asked about. */
  searching: boolean;
}

/** Everything a person can go to that a search finds. */
export function usePlaces(search: string): Places {
  const t = useTranslations('commands');
  const trpc = useTrpc();
  const router = useRouter();
  const staff = useCan('connection:view');
  const typed = search.trim();
  const asked = usePaused(typed);
  const retailers = useQuery(trpc.retailer.list.queryOptions(undefined, { enabled: staff }));
  const flows = useQuery(trpc.flow.list.queryOptions({}, { enabled: staff }));
  const connections = useQuery(trpc.connection.find.queryOptions({ search: asked }, { enabled: staff && asked.length > 1 }));
  const runs = useQuery(trpc.run.list.queryOptions({ search: asked, limit: MOST_RUNS }, { enabled: asked.length > 1 }));
  // Shops write order numbers with a sign in front that nobody types.
  const signed = useQuery(trpc.run.list.queryOptions({ search: `#${asked}`, limit: MOST_RUNS }, { enabled: /^\d{2,}$/.test(asked) }));
  const found = typed.length > 1 ? [...(runs.data?.items ?? []), ...(/^\d/.test(typed) ? (signed.data?.items ?? []) : [])] : [];
  return {
    retailers: (retailers.data ?? []).map(({ id, name }) => ({ id, label: name, hint: t('hints.retailer'), run: () => router.push(`/retailers/${id}`) })),
    flows: (flows.data ?? []).map(({ id, name, retailerName }) => ({ id, label: name, hint: retailerName, run: () => router.push(`/flows/${id}`) })),
    connections: (typed.length > 1 ? (connections.data ?? []) : []).map(({ id, name, retailerId, retailerName }) => ({
      id,
      label: name,
      hint: retailerName,
      run: () => router.push(`/retailers/${retailerId}/connections?search=${encodeURIComponent(name)}`),
    })),
    runs: found.map(({ id, businessKeys, flowName, retailerName, state }) => ({
      id,
      label: businessKeys.length > 0 ? businessKeys.join(', ') : flowName,
      hint: t('hints.run', { flow: flowName, retailer: retailerName, state }),
      run: () => router.push(`/runs/${id}`),
    })),
    searching: typed.length > 1 && (asked !== typed || runs.isFetching || signed.isFetching || connections.isFetching),
  };
}

function usePaused(text: string): string {
  const [paused, setPaused] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setPaused(text), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return paused;
}

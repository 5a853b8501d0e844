import { useQuery } from '@tanstack/react-query';
import { useTrpc } from '#components/trpc/trpc.ts';
import type { FlowListItem } from '#server/views/flow.ts';
import type { TableListItem } from '#server/views/table.ts';

/** The retailer's flows; undefined while they are not known. */
export function useFlows(retailerId: string): readonly FlowListItem[] | undefined {
  const trpc = useTrpc();
  return useQuery({ ...trpc.flow.list.queryOptions({ retailerId }), refetchOnWindowFocus: 'always' }).data;
}

/** The retailer's lookup tables; undefined while they are not known, and for people who may not see them. */
export function useLookupTables(retailerId: string): readonly TableListItem[] | undefined {
  const trpc = useTrpc();
  return useQuery({ ...trpc.table.list.queryOptions({ retailerId }), refetchOnWindowFocus: 'always', retry: false }).data;
}

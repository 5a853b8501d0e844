import { useQuery } from '@tanstack/react-query';
import { useTrpc } from '#components/trpc/trpc.ts';
import type { ConnectionView } from '#server/views/connection.ts';

const NONE: readonly ConnectionView[] = [];

/** The retailer's connections, none while they are not known; read again when the person comes back from making one in another tab. */
export function useConnections(retailerId: string): readonly ConnectionView[] {
  return useKnownConnections(retailerId) ?? NONE;
}

/** The same, undefined while they are not known. */
export function useKnownConnections(retailerId: string): readonly ConnectionView[] | undefined {
  const trpc = useTrpc();
  return useQuery({ ...trpc.connection.list.queryOptions({ retailerId }), refetchOnWindowFocus: 'always' }).data;
}

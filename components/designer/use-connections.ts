import { useQuery } from '@tanstack/react-query';
import { useTrpc } from '#components/trpc/trpc.ts';
import type { ConnectionView } from '#server/views/connection.ts';

const NONE: readonly ConnectionView[] = [];

/** The retailer's connections; read again when the person comes back from making one in another tab. */
export function useConnections(retailerId: string): readonly ConnectionView[] {
  const trpc = useTrpc();
  const query = useQuery({ ...trpc.connection.list.queryOptions({ retailerId }), refetchOnWindowFocus: 'always' });
  return query.data ?? NONE;
}

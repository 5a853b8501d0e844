import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { FormWorld } from '#components/schema-form/form-world.ts';
import { useTrpc } from '#components/trpc/trpc.ts';
import { useConnections } from './use-connections.ts';
import { useFlows, useLookupTables } from './use-surroundings.ts';

/** What the choices of a form are made of, whether it has been read yet, and how to try again where it could not be. */
export function useFormSurroundings(retailerId: string): Pick<FormWorld, 'connections' | 'connectionsKnown' | 'flows' | 'tables' | 'failed'> {
  const trpc = useTrpc();
  const connections = useConnections(retailerId);
  const flows = useFlows(retailerId);
  const tables = useLookupTables(retailerId);
  // The same queries as above, looked at for how they are doing.
  const ofConnections = useQuery(trpc.connection.list.queryOptions({ retailerId }, { refetchOnMount: false }));
  const ofFlows = useQuery(trpc.flow.list.queryOptions({ retailerId }, { refetchOnMount: false }));
  const ofTables = useQuery(trpc.table.list.queryOptions({ retailerId }, { refetchOnMount: false, retry: false }));
  const { isPending, isError, refetch } = ofConnections;
  const [flowsFailed, refetchFlows] = [ofFlows.isError, ofFlows.refetch];
  const [tablesFailed, refetchTables] = [ofTables.isError, ofTables.refetch];
  return useMemo(
    () => ({
      connections,
      connectionsKnown: !isPending && !isError,
      flows,
      tables,
      failed: {
        ...(isError && { connections: () => void refetch() }),
        ...(flowsFailed && { flows: () => void refetchFlows() }),
        ...(tablesFailed && { tables: () => void refetchTables() }),
      },
    }),
    [connections, isPending, isError, refetch, flows, flowsFailed, refetchFlows, tables, tablesFailed, refetchTables],
  );
}

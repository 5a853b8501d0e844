import { useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTrpc, useTrpcClient } from '#components/trpc/trpc.ts';
import { useDesignerStore } from '../use-designer.ts';
import type { SourceSample } from './sample-list.ts';

export interface SampleDeeds {
  pin(name: string): Promise<void>;
  rename(id: string, name: string): Promise<void>;
  remove(id: string): Promise<void>;
}

/** Keeping, naming and removing samples; what goes wrong is thrown to whoever asked. */
export function useSampleDeeds(source: SourceSample | null): SampleDeeds {
  const store = useDesignerStore();
  const client = useTrpcClient();
  const queryClient = useQueryClient();
  const trpc = useTrpc();
  return useMemo(() => {
    const { flowId } = store.getState();
    const readAgain = () => queryClient.invalidateQueries({ queryKey: trpc.sample.list.queryKey({ flowId }) });
    return {
      async pin(name) {
        if (source === null) return;
        const { triggerId, bodyText, kind } = source;
        const eventId = kind === 'event' ? source.id : undefined;
        const { id } = await client.sample.pin.mutate({ flowId, nodeId: triggerId, name, bodyText, eventId });
        await readAgain();
        store.setState({ sampleId: id });
      },
      async rename(id, name) {
        await client.sample.rename.mutate({ sampleId: id, name });
        await readAgain();
      },
      async remove(id) {
        await client.sample.remove.mutate({ sampleId: id });
        await readAgain();
      },
    };
  }, [store, client, queryClient, trpc, source]);
}

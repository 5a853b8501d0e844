import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTrpc } from '#components/trpc/trpc.ts';
import { useDesignerStore } from './use-designer.ts';

export interface TestWish {
  triggerNodeId: string;
  bodyText: string;
  sendWrites: boolean;
}

export interface TestRunState {
  start(wish: TestWish): void;
  running: boolean;
  /** Milliseconds since the epoch; null before the first run. */
  startedAt: number | null;
  error: unknown;
}

const POLL_MS = 300;

/** Starts a test of the draft as it stands and follows it; its steps appear on the canvas as they come. */
export function useTestRun(): TestRunState {
  const store = useDesignerStore();
  const trpc = useTrpc();
  const [testRunId, setTestRunId] = useState<string | null>(null);
  const [startedAt, setStartedAt] = useState<number | null>(null);
  const start = useMutation(trpc.test.start.mutationOptions());
  const query = useQuery({
    ...trpc.test.get.queryOptions({ testRunId: testRunId ?? '' }),
    enabled: testRunId !== null,
    refetchInterval: ({ state }) => (state.data?.state === 'done' || state.data?.state === 'failed' ? false : POLL_MS),
  });
  const view = query.data;
  useEffect(() => {
    if (testRunId === null || view === undefined) return;
    store.setState({ test: { id: testRunId, view, steps: new Map((view.result?.steps ?? []).map((step) => [step.nodeId, step])) } });
  }, [store, testRunId, view]);
  const over = view?.state === 'done' || view?.state === 'failed';
  return {
    running: start.isPending || (testRunId !== null && !over && !query.isError),
    startedAt,
    error: start.error ?? query.error,
    start(wish) {
      setStartedAt(Date.now());
      setTestRunId(null);
      store.setState({ test: null });
      const { flowId, docText } = store.getState();
      start.mutate({ flowId, docText: docText(), ...wish }, { onSuccess: (started) => setTestRunId(started.testRunId) });
    },
  };
}

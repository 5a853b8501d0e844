import { useCallback } from 'react';
import { useTrpcClient } from '#components/trpc/trpc.ts';
import { leaveTest, runTest, type TestWish } from './samples/run-test.ts';
import { useDesigner, useDesignerStore } from './use-designer.ts';

export interface TestRunState {
  start(wish: TestWish): void;
  /** Follows it no longer. */
  leave(): void;
  running: boolean;
  queued: boolean;
  /** Milliseconds since the epoch; null before the first run. */
  startedAt: number | null;
  error: unknown;
}

/** Starts tests of the draft as it stands and tells how the one under way is doing, wherever it was started. */
export function useTestRun(): TestRunState {
  const store = useDesignerStore();
  const client = useTrpcClient();
  const testing = useDesigner((state) => state.testing);
  const start = useCallback((wish: TestWish) => void runTest({ store, client }, wish), [store, client]);
  const leave = useCallback(() => leaveTest(store), [store]);
  return {
    start,
    leave,
    running: testing?.running ?? false,
    queued: testing?.queued ?? false,
    startedAt: testing?.startedAt ?? null,
    error: testing?.error ?? null,
  };
}

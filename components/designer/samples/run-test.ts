import type { useTrpcClient } from '#components/trpc/trpc.ts';
import type { TestView } from '#server/views/test.ts';
import type { DesignerStore, TestRun } from '../store.ts';
import type { SourceSample } from './sample-list.ts';

type TrpcClient = ReturnType<typeof useTrpcClient>;

export interface TestWish {
  triggerNodeId: string;
  /** The event; for one step alone, the record as it arrives there. */
  bodyText: string;
  /** The event it is, where that is known. */
  source: SourceSample | null;
  /** Stop behind this node. */
  untilNodeId?: string;
  /** This node alone; what the last test did elsewhere stays. */
  onlyNodeId?: string;
}

const POLL_MS = 300;
let turn = 0;

/** Runs the draft as it stands, whole or in part; steps appear in the store as they come. A later test ends the following of this one. */
export async function runTest({ store, client }: { store: DesignerStore; client: TrpcClient }, wish: TestWish): Promise<void> {
  const mine = (turn += 1);
  const current = () => turn === mine;
  const { source, ...asked } = wish;
  const before = store.getState().test;
  const base = wish.onlyNodeId === undefined ? null : before;
  const { flowId, docText, sendWrites } = store.getState();
  const testing = { startedAt: Date.now(), untilNodeId: wish.untilNodeId ?? null, onlyNodeId: wish.onlyNodeId ?? null };
  store.setState({ testing: { ...testing, running: true, queued: true, error: null }, run: null, ...(base === null ? { test: null } : {}) });
  try {
    const { testRunId } = await client.test.start.mutate({ flowId, docText: docText(), sendWrites, ...asked });
    for (;;) {
      const view = await client.test.get.query({ testRunId });
      if (!current()) return;
      const over = view.state === 'done' || view.state === 'failed';
      if (over || view.result !== null) store.setState({ test: testRun({ id: testRunId, view, source: base === null ? source : base.source }, base), sampleId: null });
      store.setState({ testing: { ...testing, running: !over, queued: view.state === 'queued', error: null } });
      if (over) return;
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
  } catch (error) {
    if (current()) store.setState({ testing: { ...testing, running: false, queued: false, error } });
  }
}

/** Stops following; the engine ends a test by itself after half a minute. */
export function leaveTest(store: DesignerStore): void {
  turn += 1;
  store.setState({ testing: null });
}

function testRun({ id, view, source }: { id: string; view: TestView; source: SourceSample | null }, base: TestRun | null): TestRun {
  const steps = new Map(base?.steps);
  for (const step of view.result?.steps ?? []) steps.set(step.nodeId, step);
  return { id, view, steps, source };
}

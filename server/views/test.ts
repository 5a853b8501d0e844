import type { FailureClass } from '#engine/nodes/step.ts';

export type TestState = 'queued' | 'running' | 'done' | 'failed';

export interface TestView {
  state: TestState;
  result: TestResult | null;
}

/** What a test run of a draft did, node by node. Payloads are JSON text. */
export interface TestResult {
  state: 'running' | 'waiting' | 'succeeded' | 'failed';
  durationMs: number;
  steps: TestStep[];
  /** Why the test could not run at all. */
  failure?: { code: string; message: string };
}

export interface TestStep {
  nodeId: string;
  state: 'succeeded' | 'failed' | 'waiting';
  recordsIn: number;
  recordsOut: number;
  recordsFailed: number;
  durationMs: number;
  outputsText: string;
  inputText: string;
  failures: { recordKey: string; class: FailureClass; code: string; message: string }[];
  calls: TestCall[];
  logs: string[];
}

export interface TestCall {
  method: string;
  url: string;
  headers: Record<string, string>;
  bodyText: string | null;
  /** The write was held back: nothing left the building. */
  held: boolean;
  status?: number;
  answerText?: string;
}

import type { Json } from '../../flow/json.ts';
import type { NodeKind } from '../node-kind.ts';
import type { CallRequest, CallResult, DataRecord, EvaluateRequest, EvaluateResult, EventInfo, StepOutput } from '../step.ts';

const EVENT: EventInfo = {
  id: 'event',
  receivedAt: '2026-03-14T09:26:53.000Z',
  trigger: 'manual',
  flowId: 'flow',
  runId: 'run',
  environment: 'test',
  test: false,
};

export interface Answers {
  call?: (request: CallRequest) => CallResult | Promise<CallResult>;
  evaluate?: (request: EvaluateRequest) => EvaluateResult;
}

/** Executes a node kind as the interpreter does: configuration parsed and prepared, ports answered by the test. */
export async function runNode(kind: NodeKind, data: Json[], { config = {}, ...answers }: Answers & { config?: object } = {}): Promise<StepOutput> {
  const parsed = kind.config.parse({ ...Object(kind.initial()), ...config });
  return kind.execute({
    nodeId: 'node',
    config: parsed,
    prepared: kind.prepare?.(parsed),
    records: data.map((item, index): DataRecord => ({ key: String(index), data: item })),
    event: EVENT,
    ports: {
      call: async (request) => answers.call?.(request) ?? refuse('call'),
      evaluate: async (request) => answers.evaluate?.(request) ?? refuse('evaluate'),
    },
  });
}

function refuse(port: string): never {
  throw new Error(`This node must not use the port ${port}`);
}

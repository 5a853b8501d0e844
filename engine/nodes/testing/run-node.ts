import type { Json } from '../../flow/json.ts';
import type { NodeKind } from '../node-kind.ts';
import type { CallRequest, CallResult, DataRecord, EvaluateRequest, EvaluateResult, EventInfo, SourcePage, StepInput, StepOutput, StepPorts } from '../step.ts';
import { memoryState, stateWorld, type StateWorld } from './memory-state.ts';

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
  state?: StateWorld;
  /** Epoch milliseconds. */
  now?: number;
}

export interface RunOptions extends Answers {
  config?: object;
  /** Records by input port, for kinds that have more than one; keys are those of the list. */
  inputs?: Record<string, Json[]>;
  page?: Partial<StepInput<unknown, unknown>['page']>;
  test?: boolean;
}

/** Executes a node kind as the interpreter does: configuration parsed and prepared, ports answered by the test. */
export async function runNode(kind: NodeKind, data: Json[], { config = {}, inputs = {}, page = {}, test = false, ...answers }: RunOptions = {}): Promise<StepOutput> {
  const parsed = kind.config.parse({ ...Object(kind.initial()), ...config });
  const byPort = Object.fromEntries(Object.entries(inputs).map(([port, items]) => [port, recordsOf(items)]));
  const records = [...recordsOf(data), ...Object.values(byPort).flat()];
  return kind.execute({
    nodeId: 'node',
    config: parsed,
    prepared: kind.prepare?.(parsed),
    records,
    inputs: Object.keys(byPort).length > 0 ? byPort : { in: records },
    event: { ...EVENT, test },
    ports: portsOf(answers),
    page: { number: 1, last: true, carry: undefined, ...page },
  });
}

/** All pages of a source for one record, until the last one or the first failure. */
export async function readPages(kind: NodeKind, data: Json, { config = {}, ...answers }: RunOptions = {}): Promise<SourcePage[]> {
  const parsed = kind.config.parse({ ...Object(kind.initial()), ...config });
  const { nextPage } = kind;
  if (nextPage === undefined) throw new Error(`${kind.kind} is no source`);
  const prepared = kind.prepare?.(parsed);
  const pages: SourcePage[] = [];
  let cursor: Json | null = null;
  do {
    const number = pages.length + 1;
    const page: SourcePage = await nextPage({ nodeId: 'node', config: parsed, prepared, record: { key: '0', data }, number, cursor, event: EVENT, ports: portsOf(answers) });
    pages.push(page);
    // Through text, as the journal keeps it.
    cursor = page.failure === undefined && page.next !== null ? JSON.parse(JSON.stringify(page.next)) : null;
  } while (cursor !== null && pages.length < 1_000);
  return pages;
}

function recordsOf(data: readonly Json[]): DataRecord[] {
  return data.map((item, index) => ({ key: String(index), data: item }));
}

function portsOf(answers: Answers): StepPorts {
  return {
    call: async (request) => answers.call?.(request) ?? refuse('call'),
    evaluate: async (request) => answers.evaluate?.(request) ?? refuse('evaluate'),
    state: memoryState(answers.state ?? stateWorld()),
    now: () => answers.now ?? Date.parse('2026-03-14T09:30:00Z'),
  };
}

function refuse(port: string): never {
  throw new Error(`This node must not use the port ${port}`);
}

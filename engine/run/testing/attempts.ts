import { compileFlow } from '#engine/flow/compile.ts';
import type { FlowDocument, NodePolicy } from '#engine/flow/document.ts';
import type { Json } from '#engine/flow/json.ts';
import type { CallResult, EventInfo } from '#engine/nodes/step.ts';
import { MemoryJournal } from '#engine/testing/memory-journal.ts';
import { MemoryWorld } from '#engine/testing/memory-world.ts';
import type { PortCall } from '../ports.ts';
import type { RunOutcome } from '../outcome.ts';
import { runEvent } from '../run-event.ts';

const EVENT: EventInfo = {
  id: 'event-1', receivedAt: '2026-11-23T00:00:00.000Z', trigger: 'manual', flowId: 'flow-1', runId: 'run-1', environment: 'production', test: false,
};

export type Answer = (call: PortCall, time: number) => CallResult;

/** One run, attempt by attempt, on a world the test answers for. */
export class Attempts {
  readonly world = new MemoryWorld();
  readonly journal = new MemoryJournal(this.world.state.checkpoints);
  readonly calls: PortCall[] = [];
  attempt = 1;
  readonly #plan: ReturnType<typeof compileFlow>;
  readonly #answer: Answer;
  readonly #event: EventInfo;

  /** @param answer the `time` counts the calls with the same effect key, from 1 */
  constructor(doc: FlowDocument, answer: Answer = () => ok({}), event: Partial<EventInfo> = {}) {
    this.#plan = compileFlow(doc);
    this.#answer = answer;
    this.#event = { ...EVENT, ...event };
  }

  /** One attempt. The clock does not move by itself. */
  async once(data: Json = {}, how: { byHand?: boolean } = {}): Promise<RunOutcome> {
    const call = async (call: PortCall): Promise<CallResult> => {
      this.calls.push(call);
      await Promise.resolve();
      return this.#answer(call, this.calls.filter(({ effectKey }) => effectKey === call.effectKey).length);
    };
    const { journal, attempt } = this;
    const outcome = await runEvent({ plan: this.#plan, event: this.#event, nodeId: 'start', data, journal, ports: { ...this.world.ports(), call }, attempt, ...how });
    journal.end(outcome);
    if (outcome.retry?.spendsAttempt) this.attempt += 1;
    return outcome;
  }

  /** Attempts until it ends, each when it is due. */
  async toTheEnd(data: Json = {}): Promise<RunOutcome> {
    for (let turn = 0; turn < 100; turn += 1) {
      const outcome = await this.once(data);
      if (!outcome.retry) return outcome;
      this.world.clock = Math.max(this.world.clock, outcome.retry.at);
    }
    throw new Error('The run does not end.');
  }

  /** Writes, as `node record`. */
  get writes(): string[] {
    return this.calls.filter(({ writes }) => writes).map(({ nodeId, request }) => `${nodeId} ${request.recordKey}`);
  }
}

export function ok(body: Json): CallResult {
  return { ok: true, status: 200, headers: { 'content-type': 'application/json' }, bodyText: JSON.stringify(body), exchangeId: 'x' };
}

export function refused(status: number, retryAfterMs?: number): CallResult {
  const failure = status >= 500 ? 'transient' : status === 429 ? 'limited' : 'data';
  return { ok: false, class: failure, code: `http_${status}`, message: `says ${status}`, status, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
}

export function withPolicy(doc: FlowDocument, nodeId: string, policy: NodePolicy): FlowDocument {
  return { ...doc, nodes: doc.nodes.map((node) => (node.id === nodeId ? { ...node, policy } : node)) };
}

import type { CallResult } from '#engine/nodes/step.ts';
import type { PortCall, RunPorts } from '#engine/run/ports.ts';
import { MemoryState, type StateOwner } from './memory-state.ts';

/** What goes wrong with one call. `lost_answer`: applied, but the answer never came. `killed`: our process died, before or after. */
export type Fault = 'none' | 'transient' | 'limited' | 'lost_answer' | 'killed_before' | 'killed_after';

/** Our own process died in the middle of a call. */
export class Killed extends Error {}

/** The far end of a run in memory: applies each effect once per key, as vendors that honour idempotency keys do. */
export class MemoryWorld {
  /** Bodies applied, by effect key. */
  readonly applied = new Map<string, string>();
  /** Keys that were sent with two different bodies. */
  readonly torn: string[] = [];
  calls = 0;
  /** Epoch milliseconds; moved by the test. */
  clock = 0;
  readonly state = new MemoryState(() => this.clock);
  readonly #faults: Iterator<Fault>;

  constructor(faults: Iterable<Fault> = []) {
    this.#faults = faults[Symbol.iterator]();
  }

  /** Ports of a run on this world. */
  ports(owner: StateOwner = { runId: 'run-1', eventId: 'event-1', flowId: 'flow-1' }): RunPorts {
    return {
      call: (call) => this.#call(call),
      evaluate: async () => ({ ok: false, kind: 'unavailable', message: 'no sandbox in memory' }),
      state: (nodeId) => this.state.of(owner, nodeId),
      now: () => this.clock,
      random: () => 0.5,
    };
  }

  async #call(call: PortCall): Promise<CallResult> {
    this.calls += 1;
    await Promise.resolve();
    const next = this.#faults.next();
    const fault = next.done ? 'none' : next.value;
    if (fault === 'killed_before') throw new Killed();
    if (fault === 'transient') return { ok: false, class: 'transient', code: 'http_503', message: '' };
    if (fault === 'limited') return { ok: false, class: 'limited', code: 'http_429', message: '', retryAfterMs: 1 };
    if (call.writes) this.#apply(call);
    if (fault === 'killed_after') throw new Killed();
    if (fault === 'lost_answer') return { ok: false, class: 'transient', code: 'network', message: '' };
    return { ok: true, status: 200, headers: { 'content-type': 'application/json' }, bodyText: '{}', exchangeId: '' };
  }

  #apply(call: PortCall): void {
    const body = call.request.body ?? '';
    const before = this.applied.get(call.effectKey);
    if (before === undefined) this.applied.set(call.effectKey, body);
    else if (before !== body) this.torn.push(call.effectKey);
  }
}

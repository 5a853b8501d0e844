import type { FlowPlan } from '#engine/flow/compile.ts';
import type { FlowDocument } from '#engine/flow/document.ts';
import type { Json } from '#engine/flow/json.ts';
import { orderingKeyReader } from '#engine/flow/ordering.ts';
import type { Entry } from '#engine/host/lanes/entry.ts';
import type { CallResult } from '#engine/nodes/step.ts';
import type { RunOutcome } from '#engine/run/outcome.ts';
import type { PortCall } from '#engine/run/ports.ts';
import { MemoryState } from '../memory-state.ts';
import { MemoryStore } from '../memory-journal.ts';
import type { FarWorld } from './far-world.ts';
import { digestOf, type Random } from './random.ts';
import { SimulatedProcess } from './simulated-process.ts';
import { VirtualTime } from './virtual-time.ts';

/** How often things go wrong. All zero: never. */
export interface Faults {
  /** Per call: an answer that asks for another try, a rate limit, an answer lost after the write took effect. */
  transient: number;
  limited: number;
  lostAnswer: number;
  /** Per point at which a process could die: it dies, or it freezes and wakes up when another has its work. */
  kill: number;
  freeze: number;
  /** No more kills and freezes than this. */
  most: number;
  /** Per event: the sender delivers it twice. */
  twice: number;
}

export interface SimulatedEvent {
  id: string;
  data: { [key: string]: Json };
  /** Milliseconds after the start. */
  at: number;
}

interface StoredEntry {
  seq: number;
  event: SimulatedEvent;
  orderingKey: string | null;
  attempt: number;
  dueAt: number;
  runId: string | null;
  waitingCode: string | null;
  letsPass: boolean;
  outcome: RunOutcome | null;
}

const LEASE_MS = 40;

/** One flow with one lane, its events, what is durable of them, and the process that works on them; everything in virtual time. */
export class SimulatedHost {
  readonly time: VirtualTime;
  readonly far: FarWorld;
  readonly state: MemoryState;
  readonly doc: FlowDocument;
  readonly plan: FlowPlan;
  readonly random: Random;
  readonly faults: Faults;
  readonly entries: StoredEntry[] = [];
  readonly stores = new Map<string, MemoryStore>();
  /** Everything that must never happen. */
  readonly violations: string[] = [];
  kills = 0;
  epoch = 0;
  #process: SimulatedProcess | null = null;

  constructor(of: { doc: FlowDocument; plan: FlowPlan; events: readonly SimulatedEvent[]; random: Random; faults: Faults; far: FarWorld; start: number }) {
    this.doc = of.doc;
    this.plan = of.plan;
    this.random = of.random;
    this.faults = of.faults;
    this.time = new VirtualTime(of.start);
    this.far = of.far;
    this.state = new MemoryState(() => this.time.now);
    for (const event of of.events) this.time.after(event.at, () => this.#deliver(event));
    this.#takeLease();
  }

  #deliver(event: SimulatedEvent): void {
    if (this.random.chance(this.faults.twice)) this.time.after(this.random.int(1, 50), () => this.#accept(event));
    this.#accept(event);
  }

  /** What was accepted is not accepted again. */
  #accept(event: SimulatedEvent): void {
    if (this.entries.some((entry) => entry.event.id === event.id)) return;
    const orderingKey = orderingKeyReader(this.plan.settings)(event.data);
    const entry: StoredEntry = {
      seq: this.entries.length + 1, event, orderingKey, attempt: 1, dueAt: this.time.now, runId: null, waitingCode: null, letsPass: false, outcome: null,
    };
    this.entries.push(entry);
    this.stores.set(event.id, new MemoryStore());
    this.#process?.take(this.entryOf(entry));
  }

  /** An entry as a lane loads it. */
  entryOf({ seq, event, orderingKey, attempt, dueAt, runId, waitingCode, letsPass }: StoredEntry): Entry {
    const body = { environment: 'production', nodeId: 'hook', trigger: 'webhook' as const, test: false, text: '', data: event.data };
    return { seq, eventId: event.id, receivedAt: 0, runId, orderingKey, attempt, dueAt, waitingCode, waitingRef: null, letsPass, body };
  }

  /** Writes down how an attempt ended, as one commit with the rest of its journal. */
  settle(eventId: string, outcome: RunOutcome): void {
    const entry = this.entries.find(({ event }) => event.id === eventId);
    if (!entry) return;
    const { retry } = outcome;
    if (entry.outcome) this.violations.push(`${eventId} ended twice`);
    if (!retry) entry.outcome = outcome;
    else {
      Object.assign(entry, {
        runId: eventId, dueAt: retry.at, attempt: retry.spendsAttempt ? entry.attempt + 1 : entry.attempt, waitingCode: retry.code ?? null, letsPass: retry.letsOthersPass === true,
      });
    }
  }

  #takeLease(): void {
    this.epoch += 1;
    this.#process = new SimulatedProcess(this, this.epoch);
    for (const entry of this.entries) if (!entry.outcome) this.#process.take(this.entryOf(entry));
  }

  /** A point at which the process may die. @returns 'dead' when it did, a freeze's length, or null */
  strike(): 'dead' | number | null {
    const { kill, freeze, most } = this.faults;
    if (this.kills >= most) return null;
    const dies = this.random.chance(kill);
    if (!dies && !this.random.chance(freeze)) return null;
    this.kills += 1;
    // Nobody takes the lane before the lease has run out.
    this.time.after(LEASE_MS, () => this.#takeLease());
    return dies ? 'dead' : LEASE_MS + this.random.int(1, 60);
  }

  /** What the far end makes of a call that left the building. */
  send(call: PortCall, eventId: string): CallResult {
    const { transient, limited, lostAnswer } = this.faults;
    if (this.random.chance(transient)) return { ok: false, class: 'transient', code: 'http_503', message: '' };
    if (this.random.chance(limited)) return { ok: false, class: 'limited', code: 'http_429', message: '', retryAfterMs: this.random.int(1, 500) };
    const settled = this.stores.get(eventId)?.effects.get(call.effectKey);
    if (settled && call.request.settle !== false) this.violations.push(`${call.nodeId} ${call.request.recordKey} of ${eventId} was settled and is sent again`);
    const answer = this.far.answer(call, eventId);
    return this.random.chance(lostAnswer) ? { ok: false, class: 'transient', code: 'network', message: '' } : answer;
  }

  /** A person decides about every approval, some time after it was asked for, always the same way. */
  decideApprovals(): void {
    for (const [name, asked] of this.state.approvals) {
      if (asked.answer) continue;
      // The run's id, then the node and the record: the same in every world.
      const approved = digestOf(name) % 3 !== 0;
      asked.answer = { state: approved ? 'approved' : 'rejected', by: 'someone', note: '', at: 0 };
      this.#wake(name, 'approval');
    }
  }

  /** The flow that was called answers, now and then that it can not, or fails; always the same way. */
  answerCalls(): void {
    for (const [name, asked] of this.state.flowCalls) {
      if (asked.answer) continue;
      const luck = digestOf(name) % 8;
      asked.answer = luck === 0 ? { state: 'failed', code: 'failed', message: '' } : { state: 'answered', status: luck === 1 ? 422 : 200, data: null };
      this.#wake(name, 'flow_call');
    }
  }

  /** What a run waited for is there; `name` begins with its id. */
  #wake(name: string, reason: string): void {
    const [runId = ''] = name.split(' ');
    const entry = this.entries.find(({ event, outcome }) => event.id === runId && !outcome);
    if (!entry) return;
    if (entry.waitingCode === reason) entry.dueAt = this.time.now;
    this.#process?.wake(entry.seq);
  }
}

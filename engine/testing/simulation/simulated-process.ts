import type { EventInfo } from '#engine/nodes/step.ts';
import type { Entry } from '#engine/host/lanes/entry.ts';
import { LaneQueue } from '#engine/host/lanes/lane-queue.ts';
import { StaleRun } from '#engine/run/journal.ts';
import type { HostState, RunPorts } from '#engine/run/ports.ts';
import { runEvent } from '#engine/run/run-event.ts';
import { MemoryJournal } from '../memory-journal.ts';
import type { SimulatedHost } from './simulated-host.ts';

const SLOTS = 3;

/** Never comes: the process that waited for it is dead. */
const never = (): Promise<never> => new Promise(() => undefined);

/** One process with the lease of the lane. When it dies its promises simply never come back; what it sent may still arrive. */
export class SimulatedProcess {
  readonly #host: SimulatedHost;
  readonly #epoch: number;
  readonly #queue = new LaneQueue();
  /** When it looks again at what is due. */
  #pumpAt = 0;
  #state: 'alive' | 'dead' | { frozenUntil: number } = 'alive';

  constructor(host: SimulatedHost, epoch: number) {
    this.#host = host;
    this.#epoch = epoch;
  }

  take(entry: Entry): void {
    if (this.#state !== 'alive') return;
    this.#queue.add(entry, this.#host.time.now);
    this.#pump();
  }

  /** Somebody answered what the run of an event waits for, or is about to wait for. */
  wake(seq: number): void {
    if (this.#state !== 'alive') return;
    this.#queue.woken(seq);
    this.#pump();
  }

  get #stale(): boolean {
    return this.#host.epoch !== this.#epoch;
  }

  #pump(): void {
    if (this.#state !== 'alive' || this.#stale) return;
    const { time } = this.#host;
    const next = this.#queue.wake(time.now);
    if (next !== null && (this.#pumpAt <= time.now || next < this.#pumpAt)) {
      this.#pumpAt = next;
      time.after(next - time.now, () => this.#pump());
    }
    for (let entry = this.#next(); entry; entry = this.#next()) void this.#run(entry);
  }

  #next(): Entry | null {
    for (const entry of this.#queue.bodiless(10)) entry.body = this.#bodyOf(entry.eventId);
    return this.#queue.running < SLOTS ? this.#queue.next() : null;
  }

  #bodyOf(eventId: string): Entry['body'] {
    const stored = this.#host.entries.find(({ event }) => event.id === eventId);
    return stored ? this.#host.entryOf(stored).body : null;
  }

  async #run(entry: Entry): Promise<void> {
    const { eventId, attempt } = entry;
    const store = this.#host.stores.get(eventId);
    const data = entry.body?.data;
    if (!store || data === undefined) return;
    const journal = new SimulatedJournal(this, { checkpoints: this.#host.state.checkpoints, store });
    const event: EventInfo = {
      id: eventId, receivedAt: '2026-11-23T00:00:00.000Z', trigger: 'webhook', flowId: 'flow', runId: eventId, environment: 'production', test: false,
    };
    try {
      const outcome = await runEvent({ plan: this.#host.plan, event, nodeId: 'hook', data, journal, ports: this.#ports(eventId), attempt });
      await this.commit(() => {
        journal.end(outcome);
        this.#host.settle(eventId, outcome);
      });
      if (outcome.retry) {
        const { at, spendsAttempt, code, letsOthersPass } = outcome.retry;
        this.#queue.later(entry, { dueAt: at, attempt: spendsAttempt ? attempt + 1 : attempt, runId: eventId, waitingCode: code ?? null, waitingRef: null, letsPass: letsOthersPass === true });
      } else this.#queue.done(entry);
      this.#pump();
    } catch (error) {
      if (!(error instanceof StaleRun)) this.#host.violations.push(`${eventId}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    }
  }

  /** Time passes; the process may not live to see it, or sleep through it. */
  async pause(most: number): Promise<void> {
    const { time, random } = this.#host;
    if (this.#state === 'dead') return never();
    if (this.#state === 'alive' && !this.#stale) {
      const struck = this.#host.strike();
      if (struck === 'dead') {
        this.#state = 'dead';
        return never();
      }
      if (struck !== null) this.#state = { frozenUntil: time.now + struck };
    }
    await new Promise<void>((resolve) => time.after(random.int(1, most), resolve));
    // Asked again: much may have happened meanwhile.
    const state: unknown = this.#state;
    if (state === 'dead') return never();
    if (typeof this.#state === 'object') {
      const { frozenUntil } = this.#state;
      if (frozenUntil > time.now) await new Promise<void>((resolve) => time.after(frozenUntil - time.now, resolve));
    }
  }

  /** A transaction: all of it or nothing, and nothing for a process that lost its lease. */
  async commit(work: () => void): Promise<void> {
    await this.pause(5);
    if (this.#stale) throw new StaleRun();
    work();
    await this.pause(3);
    if (this.#stale) throw new StaleRun();
  }

  #ports(eventId: string): RunPorts {
    const { time, random, state } = this.#host;
    const owner = { runId: eventId, eventId, flowId: 'flow' };
    return {
      call: async (call) => {
        // As the host does: no lease, no call. One that has left is not called back.
        if (this.#stale) throw new StaleRun();
        await this.pause(10);
        if (this.#stale) throw new StaleRun();
        const answer = this.#host.send(call, eventId);
        await this.pause(20);
        return answer;
      },
      evaluate: async () => ({ ok: false, kind: 'unavailable', message: 'no sandbox in memory' }),
      state: (nodeId) => this.#stateOf(state.of(owner, nodeId)),
      now: () => time.now,
      random: () => random.next(),
    };
  }

  /** Each operation is a commit of its own, before and after which the process may die. */
  #stateOf(state: HostState): HostState {
    const through = async <T>(work: () => Promise<T>): Promise<T> => {
      await this.pause(5);
      if (this.#stale) throw new StaleRun();
      const answer = await work();
      await this.pause(5);
      return answer;
    };
    return {
      claim: (request) => through(() => state.claim(request)),
      coalesce: (request) => through(() => state.coalesce(request)),
      xrefGet: (request) => through(() => state.xrefGet(request)),
      xrefPut: (request) => through(() => state.xrefPut(request)),
      lookup: (request) => through(() => state.lookup(request)),
      approval: (request) =>
        through(() => {
          this.#host.time.after(this.#host.random.int(1, 5_000), () => this.#host.decideApprovals());
          return state.approval(request);
        }),
      callFlow: (request) =>
        through(() => {
          this.#host.time.after(this.#host.random.int(1, 5_000), () => this.#host.answerCalls());
          return state.callFlow(request);
        }),
      publish: (request) => through(() => state.publish(request)),
      respond: (answer) => through(() => state.respond(answer)),
      readCheckpoint: (name) => through(() => state.readCheckpoint(name)),
    };
  }
}

/** The journal of a run in a simulated process: what it syncs is a commit. */
class SimulatedJournal extends MemoryJournal {
  readonly #process: SimulatedProcess;

  constructor(process: SimulatedProcess, of: { checkpoints: ConstructorParameters<typeof MemoryJournal>[0]; store: ConstructorParameters<typeof MemoryJournal>[1] }) {
    super(of.checkpoints, of.store);
    this.#process = process;
  }

  override async sync(): Promise<void> {
    await this.#process.commit(() => this.flush());
  }
}

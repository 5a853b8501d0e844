import { newId } from '../new-id.ts';
import { recordText } from '#engine/nodes/record-text.ts';
import type { CallResult } from '#engine/nodes/step.ts';
import { requestHash } from '#engine/run/effect-key.ts';
import { StaleRun, type EffectRecord, type ExceptionRecord, type RunJournal, type StepRecord } from '#engine/run/journal.ts';
import type { RunOutcome } from '#engine/run/outcome.ts';
import type { Lease } from '../lanes/lease.ts';
import type { JournalWriter } from './journal-writer.ts';
import type { EntryChange, ExchangeRecord, LedgerRecord, OpenedException, RunHead, RunWrite } from './run-write.ts';

/** What earlier attempts of a run left, as it matters to the next one. */
export interface RunMemory {
  settled: ReadonlyMap<string, CallResult>;
  /** `nodeId record key` of the exceptions that are open. */
  openExceptions: ReadonlySet<string>;
}

export const NO_MEMORY: RunMemory = { settled: new Map(), openExceptions: new Set() };

/** The journal of one run on top of the shared writer. A run that ends quickly is written once, as a whole. */
export class HostRunJournal implements RunJournal {
  readonly head: RunHead;
  readonly lease: Lease;
  /** When this attempt began in this process, epoch milliseconds. */
  readonly begunAt = Date.now();
  readonly #writer: JournalWriter;
  readonly #memory: RunMemory;
  readonly #seen = new Set<string>();
  #steps: StepRecord[] = [];
  #exchanges: ExchangeRecord[] = [];
  #effects: LedgerRecord[] = [];
  #exceptions: OpenedException[] = [];
  #finished = false;
  #shown = false;

  constructor(head: RunHead, lease: Lease, options: { writer: JournalWriter; memory: RunMemory }) {
    this.head = head;
    this.lease = lease;
    this.#writer = options.writer;
    this.#memory = options.memory;
  }

  settled(key: string): CallResult | undefined {
    return this.#memory.settled.get(key);
  }

  step(step: StepRecord): void {
    this.#steps.push(step);
  }

  exchange(exchange: ExchangeRecord): void {
    this.#exchanges.push(exchange);
  }

  effect(effect: EffectRecord): void {
    const { request, result } = effect;
    const hash = requestHash(request.method, request.url, request.body);
    this.#effects.push({ ...effect, exchangeId: result.exchangeId ?? null, requestHash: hash, at: Date.now() });
  }

  exception(exception: ExceptionRecord): void {
    const name = exceptionName(exception.nodeId, exception.record.key);
    const again = this.#seen.has(name) || this.#memory.openExceptions.has(name);
    this.#seen.add(name);
    if (again) return;
    this.#exceptions.push({ ...exception, id: newId(), at: Date.now(), dataText: recordText(exception.record.data) });
  }

  async sync(): Promise<void> {
    this.#shown = true;
    await this.#writer.add(this.#draft(), true);
    if (this.lease.lost) throw new StaleRun();
  }

  /** Makes a run that takes its time visible as running. */
  show(): void {
    if (this.#finished || this.#shown) return;
    this.#shown = true;
    void this.#writer.add(this.#draft());
  }

  /** The run's last write of this attempt. @param urgent somebody waits for it to be durable */
  finish(outcome: RunOutcome, urgent: boolean): Promise<void> {
    this.#finished = true;
    const { retry } = outcome;
    const { attempt } = this.head;
    const entry: EntryChange = retry ? { type: 'later', dueAt: retry.at, attempt: retry.spendsAttempt ? attempt + 1 : attempt } : { type: 'done' };
    return this.#writer.add(
      {
        ...this.#draft(),
        state: outcome.state,
        finishedAt: retry ? null : Date.now(),
        recordsFailed: outcome.recordsFailed,
        failure: outcome.failure,
        nextAttemptAt: retry?.at ?? null,
        resolved: retry ? [] : this.#goneExceptions(),
        entry,
      },
      urgent,
    );
  }

  #goneExceptions(): [string, string][] {
    const gone: [string, string][] = [];
    for (const name of this.#memory.openExceptions) {
      const at = name.indexOf(' ');
      if (!this.#seen.has(name)) gone.push([name.slice(0, at), name.slice(at + 1)]);
    }
    return gone;
  }

  #draft(): RunWrite {
    const write: RunWrite = {
      lease: this.lease, head: this.head, state: 'running', finishedAt: null, recordsFailed: 0, failure: null, nextAttemptAt: null,
      steps: this.#steps, exchanges: this.#exchanges, effects: this.#effects, exceptions: this.#exceptions, resolved: [], entry: { type: 'keep' },
    };
    [this.#steps, this.#exchanges, this.#effects, this.#exceptions] = [[], [], [], []];
    return write;
  }
}

/** Node ids hold no blanks, record keys may. */
export function exceptionName(nodeId: string, recordKey: string): string {
  return `${nodeId} ${recordKey}`;
}

import { newId } from '../new-id.ts';
import type { Json } from '#engine/flow/json.ts';
import { recordText } from '#engine/nodes/record-text.ts';
import type { CallResult } from '#engine/nodes/step.ts';
import { requestHash } from '#engine/run/effect-key.ts';
import { StaleRun, type EffectRecord, type ExceptionRecord, type Memory, type PageState, type RunJournal, type StepDetail, type StepRecord } from '#engine/run/journal.ts';
import type { RunOutcome } from '#engine/run/outcome.ts';
import type { Lease } from '../lanes/lease.ts';
import { cappedExchange, cappedStep } from './caps.ts';
import type { JournalWriter } from './journal-writer.ts';
import { KeptState, endReply } from './kept-state.ts';
import type { EntryChange, ExchangeRecord, LedgerRecord, OpenedException, RunExchange, RunHead, RunWrite } from './run-write.ts';
import { tellStep } from './tell-step.ts';

/** What earlier attempts of a run left, as it matters to the next one. */
export interface RunMemory {
  settled: ReadonlyMap<string, CallResult>;
  /** `nodeId record key` of the exceptions that are open, of the page under way and outside of pages. */
  openExceptions: ReadonlySet<string>;
  /** By `nodeId record key`. */
  memories: ReadonlyMap<string, Json>;
  page: PageState | null;
  /** The run had ended, and a person put it back. */
  byHand: boolean;
}

export const NO_MEMORY: RunMemory = { settled: new Map(), openExceptions: new Set(), memories: new Map(), page: null, byHand: false };

/** The journal of one run on top of the shared writer. A run that ends quickly is written once, as a whole. */
export class HostRunJournal implements RunJournal {
  readonly head: RunHead;
  readonly lease: Lease;
  /** When this attempt began in this process, epoch milliseconds. */
  readonly begunAt = Date.now();
  /** Somebody may wait for this event's answer, and none was given yet. */
  owesReply: boolean;
  readonly #writer: JournalWriter;
  readonly #memory: RunMemory;
  readonly #seen = new Set<string>();
  #steps: StepRecord[] = [];
  #exchanges: RunExchange[] = [];
  #effects: LedgerRecord[] = [];
  #exceptions: OpenedException[] = [];
  /** Made by the first thing this attempt keeps; most runs keep nothing. */
  #kept: KeptState | null = null;
  #pages: number;
  #recordsIn: number;
  #finished = false;
  #shown = false;

  constructor(head: RunHead, lease: Lease, options: { writer: JournalWriter; memory: RunMemory }) {
    this.head = head;
    this.lease = lease;
    this.owesReply = head.trigger === 'api' || head.trigger === 'flow';
    this.#writer = options.writer;
    this.#memory = options.memory;
    this.#pages = options.memory.page?.page ?? 0;
    this.#recordsIn = options.memory.page?.recordsIn ?? 1;
  }

  get byHand(): boolean {
    return this.#memory.byHand;
  }

  settled(key: string): CallResult | undefined {
    return this.#memory.settled.get(key);
  }

  step(step: StepRecord, { output }: StepDetail): void {
    tellStep(this.#steps, cappedStep(step, output));
  }

  exchange(exchange: ExchangeRecord, page = 0): void {
    this.#exchanges.push({ ...cappedExchange(exchange), page });
  }

  effect(effect: EffectRecord): void {
    const { request, result } = effect;
    const hash = requestHash(request.method, request.url, request.body);
    this.#effects.push({ ...effect, exchangeId: result.exchangeId ?? null, requestHash: hash, at: Date.now() });
  }

  exception(exception: ExceptionRecord): void {
    const name = recordName(exception.nodeId, exception.record.key);
    const again = this.#seen.has(name) || this.#memory.openExceptions.has(name);
    this.#seen.add(name);
    if (again) return;
    this.#exceptions.push({ ...exception, id: newId(), at: Date.now(), dataText: recordText(exception.record.data) });
  }

  remembered(nodeId: string, recordKey: string): Json | undefined {
    const name = recordName(nodeId, recordKey);
    return this.#kept?.memory(name) ?? this.#memory.memories.get(name);
  }

  remember(memory: Memory): void {
    const { nodeId, recordKey } = memory;
    if (this.remembered(nodeId, recordKey) === undefined) this.#keep().remember(recordName(nodeId, recordKey), memory);
  }

  get pageUnderWay(): PageState | null {
    return this.#kept?.page ?? this.#memory.page;
  }

  turnPage(page: PageState): void {
    this.#keep().turn(page);
    this.#pages = page.page;
    this.#recordsIn = page.recordsIn;
    // Records of pages that are over do not come again; a run of a million must not gather their names.
    for (const name of this.#seen) if (!this.#memory.openExceptions.has(name)) this.#seen.delete(name);
  }

  checkpoint(name: string, value: Json): void {
    this.#keep().mark(name, value);
  }

  /** JSON text of a checkpoint set in this attempt, before it counts for others. */
  checkpointSet(name: string): string | undefined {
    return this.#kept?.marked(name);
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
    const code = retry ? (retry.code ?? outcome.failure?.code ?? 'retry') : null;
    const entry: EntryChange = retry
      ? { type: 'later', dueAt: retry.at, attempt: retry.spendsAttempt ? attempt + 1 : attempt, code, ref: retry.ref ?? null, letsPass: retry.letsOthersPass === true }
      : { type: 'done' };
    if (!retry) this.#end(outcome);
    return this.#writer.add(
      {
        ...this.#draft(),
        state: outcome.state,
        finishedAt: retry ? null : Date.now(),
        recordsIn: outcome.recordsIn,
        recordsFailed: outcome.recordsFailed,
        failure: outcome.failure,
        nextAttemptAt: retry?.at ?? null,
        waitingCode: code,
        resolved: retry ? [] : this.#goneExceptions(),
        entry,
      },
      urgent,
    );
  }

  #end(outcome: RunOutcome): void {
    const reply = this.owesReply ? endReply(outcome) : null;
    const keeps = this.#kept !== null || this.#memory.page !== null || this.#memory.memories.size > 0;
    if (keeps || reply) this.#keep().end(reply, this.#seen);
  }

  #goneExceptions(): [string, string][] {
    const gone: [string, string][] = [];
    for (const name of this.#memory.openExceptions) {
      const at = name.indexOf(' ');
      if (!this.#seen.has(name)) gone.push([name.slice(0, at), name.slice(at + 1)]);
    }
    return gone;
  }

  #keep(): KeptState {
    return (this.#kept ??= new KeptState());
  }

  #draft(): RunWrite {
    const write: RunWrite = {
      lease: this.lease, head: this.head, state: 'running', finishedAt: null, recordsIn: this.#recordsIn, recordsFailed: 0, failure: null, nextAttemptAt: null, waitingCode: null,
      pages: this.#pages, steps: this.#steps, exchanges: this.#exchanges, effects: this.#effects, exceptions: this.#exceptions, resolved: [],
      entry: { type: 'keep', attempt: this.head.attempt }, kept: this.#kept?.take() ?? null,
    };
    [this.#steps, this.#exchanges, this.#effects, this.#exceptions] = [[], [], [], []];
    return write;
  }
}

/** Node ids hold no blanks, record keys may. */
export function recordName(nodeId: string, recordKey: string): string {
  return `${nodeId} ${recordKey}`;
}

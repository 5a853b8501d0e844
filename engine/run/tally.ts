import type { RecordHold } from '#engine/nodes/step.ts';
import { backoffMs } from './backoff.ts';
import type { RunFailure, RunOutcome } from './outcome.ts';
import type { RunInput } from './run-input.ts';

type Retry = NonNullable<RunOutcome['retry']>;

/** Counts what failed and what is held in an attempt, and decides when, and whether, to go on with it later. */
export class Tally {
  /** Records the run worked on; a paged run adds those it has read. */
  recordsIn = 1;
  #exceptions = 0;
  #firstException: RunFailure | null = null;
  #retrying = 0;
  #spends = false;
  /** How much of its budget the furthest of the failures has spent. */
  #spent = 1;
  #retryAfterMs: number | undefined;
  #firstRetry: { failure: RunFailure; ref: string | null } | null = null;
  #held: { hold: RecordHold; nodeId: string } | null = null;
  #allLetPass = true;

  /** A record needs a person. */
  exception(failure: RunFailure | null, count = 1): void {
    this.#exceptions += count;
    this.#firstException ??= failure;
  }

  get exceptions(): number {
    return this.#exceptions;
  }

  get firstException(): RunFailure | null {
    return this.#firstException;
  }

  /** A record will be tried again. */
  retry(failure: RunFailure, how: { spends: boolean; spent: number; retryAfterMs: number | undefined; ref: string | null }): void {
    this.#retrying += 1;
    this.#firstRetry ??= { failure, ref: how.ref };
    this.#spends ||= how.spends;
    this.#spent = Math.max(this.#spent, how.spent);
    if (how.retryAfterMs !== undefined) this.#retryAfterMs = Math.max(this.#retryAfterMs ?? 0, how.retryAfterMs);
  }

  /** A record stays in its step. */
  hold(hold: RecordHold, nodeId: string): void {
    if (!this.#held || hold.until < this.#held.hold.until) this.#held = { hold, nodeId };
    this.#allLetPass &&= hold.letsOthersPass === true;
  }

  /** Something comes again later. */
  get waits(): boolean {
    return this.#retrying > 0 || this.#held !== null;
  }

  outcome({ ports, plan }: RunInput): RunOutcome {
    const counts = { recordsIn: this.recordsIn, recordsFailed: this.#exceptions + this.#retrying };
    const backoff = this.#backoff({ ports, plan });
    const held = this.#holding();
    // A vendor that said when to come back is not asked before that for the sake of a record that is due elsewhere.
    const first = backoff && held && this.#retryAfterMs === undefined && held.at < backoff.at ? held : (backoff ?? held);
    if (!first) return { ...counts, state: this.#exceptions > 0 ? 'failed' : 'succeeded', failure: this.#firstException, retry: null };
    const retry = { ...first, spendsAttempt: this.#spends, letsOthersPass: !backoff && this.#allLetPass };
    return { ...counts, state: 'waiting', failure: this.#firstRetry?.failure ?? null, retry };
  }

  #backoff({ ports, plan }: Pick<RunInput, 'ports' | 'plan'>): Pick<Retry, 'at' | 'code' | 'ref'> | null {
    if (!this.#firstRetry) return null;
    const wait = backoffMs(this.#spent, plan.settings.retry, { random: ports.random(), retryAfterMs: this.#retryAfterMs });
    return { at: ports.now() + wait, code: this.#firstRetry.failure.code, ref: this.#firstRetry.ref };
  }

  #holding(): Pick<Retry, 'at' | 'code' | 'ref'> | null {
    return this.#held && { at: this.#held.hold.until, code: this.#held.hold.reason, ref: this.#held.nodeId };
  }
}

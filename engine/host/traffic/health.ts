/** How an outside system fares, as this process knows it. Moments are of performance.now(). */
export interface Health {
  state: 'ok' | 'open' | 'paused';
  reasonCode: string | null;
  /** Failures one after another: our own, and as far as known those of other processes. */
  failures: number;
  /** Probes that failed are counted on top of this. */
  probeAt: number;
  /** Somebody is trying until then. */
  probingUntil: number;
  /** Since when calls go at the rate of draining; null: at any rate. */
  drainingSince: number | null;
}

export const WELL: Health = { state: 'ok', reasonCode: null, failures: 0, probeAt: 0, probingUntil: 0, drainingSince: null };

/** The breaker opens after so many failures one after another; calls under way count, so that an outage never sees more. */
export const FAILURES_TO_OPEN = 10;
const RATE_WINDOW_MS = 15_000;
const RATE_CALLS = 20;
const RATE_TO_OPEN = 0.5;
const FIRST_PROBE_SECONDS = 5;
const LONGEST_PROBE_SECONDS = 300;
/** A refused sign-in pauses at once; a forbidden resource may be one record's, so only when nothing else is answered. */
const FORBIDDEN_TO_PAUSE = 5;

/** Seconds until the next probe, after so many failures: 5, 10, 20 … 300. */
export function probeAfterSeconds(failures: number): number {
  return Math.min(LONGEST_PROBE_SECONDS, FIRST_PROBE_SECONDS * 2 ** Math.min(10, Math.max(0, failures - FAILURES_TO_OPEN)));
}

/** What an answer means for its connection. `none`: it says nothing about the system (the guard refused the call). */
export type Sign = 'well' | 'failing' | 'limited' | 'unauthorised' | 'forbidden' | 'none';

export type Reaction = 'none' | 'report' | 'open' | 'recovered' | 'pause';

/** Counts the answers of one connection in one process, and says what to do about them. */
export class Tracker {
  failures = 0;
  #forbidden = 0;
  /** This window and the one before. */
  #windows = [{ calls: 0, failed: 0 }, { calls: 0, failed: 0 }];
  #windowAt = 0;

  note(sign: Sign, now: number): Reaction {
    if (sign === 'well') {
      // The usual case, and the only one on the hot path.
      this.#count(now, 0);
      this.#forbidden = 0;
      if (this.failures === 0) return 'none';
      const reported = this.failures > 1;
      this.failures = 0;
      return reported ? 'recovered' : 'none';
    }
    if (sign === 'failing') {
      this.#count(now, 1);
      this.failures += 1;
      const [current, before] = this.#windows;
      const calls = (current?.calls ?? 0) + (before?.calls ?? 0);
      const failed = (current?.failed ?? 0) + (before?.failed ?? 0);
      if (calls >= RATE_CALLS && failed >= calls * RATE_TO_OPEN) return 'open';
      return this.failures > 1 ? 'report' : 'none';
    }
    if (sign === 'unauthorised') return 'pause';
    if (sign === 'forbidden') {
      this.#forbidden += 1;
      return this.#forbidden >= FORBIDDEN_TO_PAUSE ? 'pause' : 'none';
    }
    return 'none';
  }

  reset(): void {
    this.failures = 0;
    this.#forbidden = 0;
    this.#windows = [{ calls: 0, failed: 0 }, { calls: 0, failed: 0 }];
  }

  #count(now: number, failed: number): void {
    if (now - this.#windowAt > RATE_WINDOW_MS) {
      const [current] = this.#windows;
      this.#windows = [{ calls: 0, failed: 0 }, now - this.#windowAt > 2 * RATE_WINDOW_MS || !current ? { calls: 0, failed: 0 } : current];
      this.#windowAt = now;
    }
    const [current] = this.#windows;
    if (!current) return;
    current.calls += 1;
    current.failed += failed;
  }
}

const FORGET_MS = 10 * 60_000;
const QUARANTINE_MS = 60_000;
const LONGEST_MS = 60 * 60_000;
/** Offences that may be an accident. */
const TOLERATED = 1;
/** How long pages of a script travel one by one after a batch of them failed as a whole. */
const APART_MS = 30_000;
const MOST = 2_000;

interface Known {
  offences: number;
  forgottenAt: number;
  quarantinedUntil: number;
  apartUntil: number;
  ownContext: boolean;
}

/** What is remembered of scripts (of one tenant each) that did not behave. Bounded; the oldest memory goes first. */
export class Conduct {
  readonly #known = new Map<string, Known>();

  /** The script killed its child, filled its memory or ran out of time by itself. A second time within ten minutes sends it to quarantine. */
  offence(script: string, now: number): void {
    const known = this.#of(script);
    if (now > known.forgottenAt) known.offences = 0;
    known.offences += 1;
    known.forgottenAt = now + FORGET_MS;
    const beyond = known.offences - TOLERATED;
    if (beyond > 0) known.quarantinedUntil = now + Math.min(LONGEST_MS, QUARANTINE_MS * 2 ** (beyond - 1));
    known.forgottenAt = Math.max(known.forgottenAt, known.quarantinedUntil + FORGET_MS);
  }

  quarantined(script: string, now: number): boolean {
    return now < (this.#known.get(script)?.quarantinedUntil ?? 0);
  }

  /** A batch of this script failed as a whole. */
  keepApart(script: string, now: number): void {
    this.#of(script).apartUntil = now + APART_MS;
  }

  apart(script: string, now: number): boolean {
    return now < (this.#known.get(script)?.apartUntil ?? 0);
  }

  /** The script changes built-ins: its pages get contexts of their own from now on. */
  needsOwnContext(script: string): void {
    this.#of(script).ownContext = true;
  }

  hasOwnContext(script: string): boolean {
    return this.#known.get(script)?.ownContext === true;
  }

  #of(script: string): Known {
    const known = this.#known.get(script) ?? { offences: 0, forgottenAt: 0, quarantinedUntil: 0, apartUntil: 0, ownContext: false };
    this.#known.delete(script);
    this.#known.set(script, known);
    for (const oldest of this.#known.keys()) {
      if (this.#known.size <= MOST) break;
      this.#known.delete(oldest);
    }
    return known;
  }
}

import type { Entry } from './entry.ts';

/** Codes of runs that wait for their turn at an outside system. */
export const TRAFFIC_CODES: ReadonlySet<string> = new Set(['rate_budget', 'concurrency', 'breaker_open', 'connection_paused']);

/**
 * The events of one held lane, in memory. Pure bookkeeping, no input or output.
 *
 * States of an entry: *ready* → *running* → gone, or → *waiting* (until its time) → ready. An
 * entry with an ordering key that is taken by an earlier one is *parked* behind it; only that key waits, the others go on. An
 * entry that lets others pass gives its key away while it waits, and takes its place in front of the parked ones when it is due.
 */
export class LaneQueue {
  /** Ready for the first time, in the order of seq. */
  #fresh: Entry[] = [];
  #head = 0;
  /** Ready again, or no longer parked: by seq, and before the fresh ones behind them. */
  readonly #again: Entry[] = [];
  readonly #running = new Set<Entry>();
  /** Running entries that were woken meanwhile, by seq. */
  readonly #woken = new Set<number>();
  readonly #waiting = new Set<Entry>();
  /** No waiting entry is due before this. */
  #nextDue = Number.POSITIVE_INFINITY;
  /** By ordering key: what is parked behind the entry that holds the key. */
  readonly #keys = new Map<string, Entry[]>();
  #parked = 0;
  #trafficWaits = 0;

  /** Takes in the lane's next entry. Entries must come in the order of seq. */
  add(entry: Entry, now: number): void {
    const key = entry.orderingKey;
    if (key === null || (entry.letsPass && entry.dueAt > now)) return this.#place(entry, now);
    const holders = this.#keys.get(key);
    if (holders) {
      holders.push(entry);
      this.#parked += 1;
      return;
    }
    this.#keys.set(key, []);
    this.#place(entry, now);
  }

  #place(entry: Entry, now: number): void {
    if (entry.dueAt > now) this.#wait(entry);
    else if (entry.seq > (this.#fresh.at(-1)?.seq ?? 0)) this.#fresh.push(entry);
    else this.#readyAgain(entry);
  }

  #wait(entry: Entry): void {
    this.#waiting.add(entry);
    if (entry.dueAt < this.#nextDue) this.#nextDue = entry.dueAt;
    if (entry.waitingCode !== null && TRAFFIC_CODES.has(entry.waitingCode)) this.#trafficWaits += 1;
  }

  #readyAgain(entry: Entry): void {
    let at = this.#again.length;
    while (at > 0 && (this.#again[at - 1]?.seq ?? 0) > entry.seq) at -= 1;
    this.#again.splice(at, 0, entry);
  }

  /**
   * The next entry that can run, now running: those that come again first, they are older. Those without a body are left until
   * they have one.
   * @param started only entries that have run before
   */
  next(started = false): Entry | null {
    const entry = this.#again[0]?.body ? this.#again.shift() : started ? undefined : this.#nextFresh();
    if (!entry) return null;
    this.#running.add(entry);
    return entry;
  }

  #nextFresh(): Entry | undefined {
    const entry = this.#fresh[this.#head];
    if (!entry?.body) return undefined;
    this.#head += 1;
    if (this.#head > 256 && this.#head * 2 > this.#fresh.length) {
      this.#fresh = this.#fresh.slice(this.#head);
      this.#head = 0;
    }
    return entry;
  }

  /** What `next` would give, without taking it. */
  peek(started = false): Entry | null {
    const [again] = this.#again;
    if (again?.body) return again;
    const fresh = started ? undefined : this.#fresh[this.#head];
    return fresh?.body ? fresh : null;
  }

  /** Ready entries at the front that have no body yet, at most `limit`. */
  bodiless(limit: number): Entry[] {
    const wanted: Entry[] = [];
    for (const entry of this.#again) {
      if (wanted.length >= limit) return wanted;
      if (!entry.body) wanted.push(entry);
    }
    for (let at = this.#head; at < this.#fresh.length && wanted.length < limit && at < this.#head + limit; at += 1) {
      const entry = this.#fresh[at];
      if (entry && !entry.body) wanted.push(entry);
    }
    return wanted;
  }

  /** The entry's run ended. */
  done(entry: Entry): void {
    this.#running.delete(entry);
    this.#woken.delete(entry.seq);
    if (entry.orderingKey !== null) this.#passKey(entry.orderingKey);
  }

  /** The next one that is parked behind the key takes it. */
  #passKey(key: string): void {
    const now = Date.now();
    const parked = this.#keys.get(key);
    for (;;) {
      const next = parked?.shift();
      if (!next) return void this.#keys.delete(key);
      this.#parked -= 1;
      if (next.dueAt <= now) return this.#readyAgain(next);
      this.#wait(next);
      if (!next.letsPass) return;
    }
  }

  /** The entry comes again later. Its body is let go: it may be long. */
  later(entry: Entry, again: Partial<Pick<Entry, 'waitingCode' | 'waitingRef' | 'letsPass'>> & Pick<Entry, 'dueAt' | 'attempt' | 'runId'>): void {
    this.#running.delete(entry);
    Object.assign(entry, again, { body: null });
    if (this.#woken.delete(entry.seq)) entry.dueAt = 0;
    this.#wait(entry);
    if (entry.letsPass && entry.orderingKey !== null) this.#passKey(entry.orderingKey);
  }

  /** Moves what is due to the ready ones; returns the time of the next one, or null. */
  wake(now: number): number | null {
    if (now >= this.#nextDue) {
      let next = Number.POSITIVE_INFINITY;
      for (const entry of this.#waiting) {
        if (entry.dueAt <= now) this.#wakeOne(entry);
        else if (entry.dueAt < next) next = entry.dueAt;
      }
      this.#nextDue = next;
    }
    return this.#nextDue === Number.POSITIVE_INFINITY ? null : this.#nextDue;
  }

  #wakeOne(entry: Entry): void {
    this.#waiting.delete(entry);
    if (entry.waitingCode !== null && TRAFFIC_CODES.has(entry.waitingCode)) this.#trafficWaits -= 1;
    const key = entry.orderingKey;
    if (key !== null && entry.letsPass) {
      const holders = this.#keys.get(key);
      if (holders) {
        holders.unshift(entry);
        this.#parked += 1;
        return;
      }
      this.#keys.set(key, []);
    }
    this.#readyAgain(entry);
  }

  /** Waiting entries that these hold for are due at `at` (epoch milliseconds) at the latest. */
  hasten(which: (entry: Entry) => boolean, at: (entry: Entry) => number): void {
    for (const entry of this.#waiting) {
      if (!which(entry)) continue;
      entry.dueAt = Math.min(entry.dueAt, at(entry));
      if (entry.dueAt < this.#nextDue) this.#nextDue = entry.dueAt;
    }
    this.wake(Date.now());
  }

  /** What the entry waits for has come. One that is running may have asked too early: it comes again at once, should it wait then. */
  woken(seq: number): void {
    for (const entry of this.#running) if (entry.seq === seq) this.#woken.add(seq);
    this.hasten((entry) => entry.seq === seq, () => 0);
  }

  /** Makes entries that wait only for a version to run on ready at once. */
  wakeUnstarted(): void {
    this.hasten((entry) => entry.runId === null, () => 0);
  }

  get ready(): number {
    return this.#fresh.length - this.#head + this.#again.length;
  }

  get running(): number {
    return this.#running.size;
  }

  get waiting(): number {
    return this.#waiting.size;
  }

  /** Of the waiting: those that wait for their turn at an outside system. */
  get trafficWaits(): number {
    return this.#trafficWaits;
  }

  /** Everything held in memory. */
  get size(): number {
    return this.ready + this.#running.size + this.#waiting.size + this.#parked;
  }
}

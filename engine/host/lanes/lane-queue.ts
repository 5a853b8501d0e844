import type { Entry } from './entry.ts';

/**
 * The events of one held lane, in memory. Pure bookkeeping, no input or output.
 *
 * States of an entry: *ready* → *running* → gone, or → *waiting* (until its time) → ready. An
 * entry with an ordering key that is taken by an earlier one is *parked* behind it; only that key waits, the others go on.
 */
export class LaneQueue {
  #ready: Entry[] = [];
  #head = 0;
  readonly #running = new Set<Entry>();
  readonly #waiting = new Set<Entry>();
  /** By ordering key: what is parked behind the entry that holds the key. */
  readonly #keys = new Map<string, Entry[]>();
  #parked = 0;

  /** Takes in the lane's next entry. Entries must come in the order of seq. */
  add(entry: Entry, now: number): void {
    const key = entry.orderingKey;
    const holders = key === null ? undefined : this.#keys.get(key);
    if (holders) {
      holders.push(entry);
      this.#parked += 1;
      return;
    }
    if (key !== null) this.#keys.set(key, []);
    if (entry.dueAt > now) this.#waiting.add(entry);
    else this.#ready.push(entry);
  }

  /** The next entry that can run, now running. Those without a body are left until they have one. */
  next(): Entry | null {
    const entry = this.#ready[this.#head];
    if (!entry?.body) return null;
    this.#head += 1;
    if (this.#head > 256 && this.#head * 2 > this.#ready.length) {
      this.#ready = this.#ready.slice(this.#head);
      this.#head = 0;
    }
    this.#running.add(entry);
    return entry;
  }

  /** Ready entries at the front that have no body yet, at most `limit`. */
  bodiless(limit: number): Entry[] {
    const wanted: Entry[] = [];
    for (let at = this.#head; at < this.#ready.length && wanted.length < limit && at < this.#head + limit; at += 1) {
      const entry = this.#ready[at];
      if (entry && !entry.body) wanted.push(entry);
    }
    return wanted;
  }

  /** The entry's run ended. */
  done(entry: Entry): void {
    this.#running.delete(entry);
    const key = entry.orderingKey;
    if (key === null) return;
    const next = this.#keys.get(key)?.shift();
    if (!next) return void this.#keys.delete(key);
    this.#parked -= 1;
    if (next.dueAt > Date.now()) this.#waiting.add(next);
    else this.#ready.push(next);
  }

  /** The entry comes again later. Its body is let go: it may be long. */
  later(entry: Entry, again: { dueAt: number; attempt: number; runId: string | null }): void {
    this.#running.delete(entry);
    Object.assign(entry, again, { body: null });
    this.#waiting.add(entry);
  }

  /** Moves what is due to the ready ones; returns the time of the next one, or null. */
  wake(now: number): number | null {
    let next: number | null = null;
    for (const entry of this.#waiting) {
      if (entry.dueAt <= now) {
        this.#waiting.delete(entry);
        this.#ready.push(entry);
      } else if (next === null || entry.dueAt < next) next = entry.dueAt;
    }
    return next;
  }

  /** Makes entries that wait only for a version to run on ready at once. */
  wakeUnstarted(): void {
    for (const entry of this.#waiting) if (entry.runId === null) entry.dueAt = 0;
    this.wake(Date.now());
  }

  get ready(): number {
    return this.#ready.length - this.#head;
  }

  get running(): number {
    return this.#running.size;
  }

  get waiting(): number {
    return this.#waiting.size;
  }

  /** Everything held in memory. */
  get size(): number {
    return this.ready + this.#running.size + this.#waiting.size + this.#parked;
  }
}

import type { Sql } from '../database.ts';
import type { Entry } from './entry.ts';
import { LaneQueue } from './lane-queue.ts';
import { loadBodies, loadEntries } from './load-entries.ts';
import type { Lease } from './lease.ts';

/** Entries taken into memory at once; they are small without their bodies. */
const PAGE = 500;
/** Bodies loaded at once: at the limit of 5 MB each this bounds a lane's memory. */
const BODIES = 25;
/** Beyond this a lane takes no more events directly; they wait in the database. */
const MOST_OFFERED = 200;

/** Runs that wait for an outside system, before a lane starts no new ones: they keep their order in the database at no cost. */
const MOST_IN_LINE = 25;
const TRY_FRESH_MS = 1_000;

/** A lane this process holds the lease of: its queue, and how far it has been read. */
export class HeldLane {
  readonly lease: Lease;
  readonly queue = new LaneQueue();
  /** Everything up to this seq is in the queue, or done. */
  #cursor = 0;
  /** Everything below this seq is known to exist. */
  #head: number;
  #reading: Promise<void> | null = null;
  /** Events offered while they could not be taken yet, by seq: they spare reading their bodies when their turn comes. */
  readonly #offered = new Map<number, Entry>();
  /** Since when there has been nothing to do, performance.now(). */
  idleSince = performance.now();
  readonly heldSince = performance.now();
  /** Since when nothing more is started, because another process is to have the lane; null: it stays. */
  leavingSince: number | null = null;
  /** Of the last runs, the share that had to wait for an outside system. */
  #waitShare = 0;
  #freshAt = 0;

  constructor(lease: Lease) {
    this.lease = lease;
    this.#head = lease.nextSeq;
  }

  /** The lane's next seq as far as we know, once everything is read. */
  get nextSeq(): number {
    return this.#head;
  }

  /** A run ended; `waits`: for its turn at an outside system. */
  noteRun(waits: boolean): void {
    this.#waitShare += ((waits ? 1 : 0) - this.#waitShare) * 0.1;
  }

  /**
   * True when only entries that have run before may start: nearly every run ends in a line at an outside system, and that line is
   * long enough already. Now and then one is let through, to see whether that is still so; the longer the line, the more seldom.
   */
  throttled(now: number): boolean {
    const { trafficWaits } = this.queue;
    if (trafficWaits < MOST_IN_LINE || this.#waitShare < 0.9) return false;
    return now - this.#freshAt < TRY_FRESH_MS * (trafficWaits / MOST_IN_LINE) ** 2;
  }

  noteFresh(now: number): void {
    this.#freshAt = now;
  }

  get backlog(): boolean {
    return this.queue.ready > 0 || this.behind;
  }

  get behind(): boolean {
    return this.#cursor < this.#head - 1;
  }

  /**
   * An event this process accepted itself: it need not be read and parsed again (a body read back costs Postgres and the
   * engine together a third of a run). It is taken at once when it is the very next one, and kept at hand while earlier
   * ones are still being read; without that, one read under load would leave the lane behind for good.
   */
  offer(entry: Entry): void {
    this.#head = Math.max(this.#head, entry.seq + 1);
    if (this.lease.lost || entry.seq <= this.#cursor || this.#offered.size >= MOST_OFFERED) return;
    this.#offered.set(entry.seq, entry);
    if (!this.#reading) this.#takeOffered();
  }

  #takeOffered(): void {
    const now = Date.now();
    for (;;) {
      const next = this.#offered.get(this.#cursor + 1);
      if (!next || this.queue.ready >= MOST_OFFERED) return;
      this.#offered.delete(next.seq);
      this.#cursor = next.seq;
      this.queue.add(next, now);
    }
  }

  /** There are events below this seq. */
  notice(nextSeq: number): void {
    this.#head = Math.max(this.#head, nextSeq);
  }

  /** Reads what is missing: the next page when the queue runs low, bodies of those about to run. Calls back when there is news. */
  fill(sql: Sql, done: () => void): void {
    if (this.#reading || this.lease.lost) return;
    const wantsPage = this.behind && this.queue.ready < PAGE / 2 && this.queue.size < PAGE * 20;
    const bodies = this.queue.bodiless(BODIES);
    if (!wantsPage && bodies.length === 0) return;
    this.#reading = this.#read(sql, wantsPage, bodies)
      // When it fails the next tick asks again, and logs what keeps the database away.
      .catch(() => undefined)
      .finally(() => {
        this.#reading = null;
        this.#takeOffered();
        done();
      });
  }

  async #read(sql: Sql, wantsPage: boolean, bodies: Entry[]): Promise<void> {
    await loadBodies(sql, bodies);
    if (!wantsPage) return;
    const head = this.#head;
    const entries = await loadEntries(sql, this.lease, { after: this.#cursor, limit: PAGE, bodies: this.#offered.size === 0 ? BODIES : 0 });
    const now = Date.now();
    for (const entry of entries) this.queue.add(this.#offered.get(entry.seq) ?? entry, now);
    const last = entries.at(-1);
    // A page that is not full has shown everything up to the head known before it was asked for.
    this.#cursor = entries.length < PAGE ? Math.max(head - 1, last?.seq ?? 0) : (last?.seq ?? this.#cursor);
    this.#head = Math.max(this.#head, this.#cursor + 1);
    for (const seq of this.#offered.keys()) if (seq <= this.#cursor) this.#offered.delete(seq);
  }

  get reading(): Promise<void> | null {
    return this.#reading;
  }
}

import type { Sql } from '../database.ts';
import type { Log } from '../log.ts';
import type { HeldLane } from './held-lane.ts';
import { laneHeads, laneKey, type LaneId } from './lease.ts';

/**
 * How far held lanes have got, as others may have accepted events for them: one statement at a time for however many lanes were
 * asked about while it ran. `found` is called for each lane that is behind its head.
 */
export class HeadLook {
  readonly #asked = new Set<string>();
  readonly #sql: Sql;
  readonly #log: Log;
  readonly #held: ReadonlyMap<string, HeldLane>;
  readonly #found: (lane: HeldLane) => void;
  #looking = false;

  constructor({ sql, log, held, found }: { sql: Sql; log: Log; held: ReadonlyMap<string, HeldLane>; found(lane: HeldLane): void }) {
    this.#sql = sql;
    this.#log = log;
    this.#held = held;
    this.#found = found;
  }

  /** Looks at these lanes now, or when the look under way is done. */
  at(lanes: readonly LaneId[]): void {
    for (const id of lanes) this.#asked.add(laneKey(id));
    if (!this.#looking && this.#asked.size > 0) void this.#look();
  }

  async #look(): Promise<void> {
    this.#looking = true;
    const wanted = [...this.#asked].flatMap((key) => this.#held.get(key)?.lease ?? []);
    this.#asked.clear();
    try {
      for (const [key, head] of await laneHeads(this.#sql, wanted)) {
        const lane = this.#held.get(key);
        lane?.notice(head);
        if (lane?.behind) this.#found(lane);
      }
    } catch (error) {
      this.#log.debug({ err: error }, 'lanes could not be looked at');
    } finally {
      this.#looking = false;
      this.at([]);
    }
  }
}

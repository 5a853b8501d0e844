import type { Sql } from '../database.ts';
import type { Log } from '../log.ts';
import { pgArray } from '../pg-array.ts';
import { startAsking } from './asking.ts';

/** Permits of caps that hold over all engine processes. */
export interface Shares {
  /** Takes a permit when one is at hand; no: `more` is called when there may be some. */
  take(key: string, cap: number): boolean;
  give(key: string): void;
  /** What is not in use goes back. */
  stop(): Promise<void>;
}

interface Share {
  key: string;
  cap: number;
  /** Lent to us, and our fair part of the cap. */
  granted: number;
  target: number;
  inUse: number;
  /** Most in use since we last asked. */
  peak: number;
  /** Somebody was turned away since we last asked. */
  refused: boolean;
  contended: boolean;
  /** performance.now() */
  validUntil: number;
  usedAt: number;
  askedAt: number;
}

/** Short, as nobody else may use what a killed process had until then. */
const LEND_SECONDS = 5;
/** A share is not used for so long before others may have it. */
const MARGIN_MS = 1_500;
const RENEW_BEFORE_MS = 2_000;
const LOOK_MS = 100;
/** Between two questions about a key that several processes want: each costs a commit. */
const CONTENDED_MS = 200;
/** A cap nobody used for this long is given back, others or not. */
const IDLE_MS = 5_000;

/**
 * Permits lent by Postgres (weft_share) in blocks. One process alone is lent the whole cap at its first run and asks again every few
 * seconds; several share it, and settle within a few hundred milliseconds when what they want changes.
 *
 * A share that could not be renewed in time is not used any more: after a crash or a long pause others have it.
 */
export function createShares(options: { sql: Sql; log: Log; owner: string; more(): void }): Shares {
  const { sql, log, owner, more } = options;
  const shares = new Map<string, Share>();
  const asking = startAsking({
    everyMs: LOOK_MS,
    due: (now) => [...shares.values()].filter((share) => isDue(share, now)),
    ask,
    failed: (error) => log.debug({ err: error }, 'permits could not be asked for'),
  });
  const listening = sql.listen('weft_share', (key) => {
    const share = shares.get(key);
    if (!share || share.granted === 0) return;
    share.contended = true;
    asking.hurry();
  });
  listening.catch((error: unknown) => log.debug({ err: error }, 'shares are looked at by the clock only'));

  async function ask(due: readonly Share[]): Promise<void> {
    const asked = due.map((share) => ({ share, inUse: share.inUse, wants: wantsOf(share, performance.now()) }));
    const sentAt = performance.now();
    for (const { share } of asked) Object.assign(share, { peak: share.inUse, refused: false, askedAt: sentAt });
    const rows = await sql<{ key: string; granted: number; target: number; contended: boolean }[]>`
      select * from weft_share(${owner}, ${pgArray(asked.map(({ share }) => share.key))}::text[], ${pgArray(asked.map(({ share }) => share.cap))}::int[],
        ${pgArray(asked.map((one) => one.inUse))}::int[], ${pgArray(asked.map((one) => one.wants))}::int[], ${LEND_SECONDS})`;
    let gained = false;
    for (const row of rows) {
      const share = shares.get(row.key);
      if (!share) continue;
      gained ||= Math.min(row.granted, row.target) > share.inUse;
      Object.assign(share, { granted: row.granted, target: row.target, contended: row.contended, validUntil: sentAt + LEND_SECONDS * 1000 - MARGIN_MS });
      if (row.granted === 0 && share.inUse === 0 && !share.refused) shares.delete(row.key);
    }
    if (gained) more();
  }

  return {
    take(key, cap) {
      let share = shares.get(key);
      if (!share) {
        share = { key, cap, granted: 0, target: 0, inUse: 0, peak: 0, refused: false, contended: false, validUntil: 0, usedAt: 0, askedAt: 0 };
        shares.set(key, share);
      }
      const now = performance.now();
      share.cap = cap;
      share.usedAt = now;
      if (share.inUse < share.target && share.inUse < share.granted && share.inUse < cap && now < share.validUntil) {
        share.inUse += 1;
        if (share.inUse > share.peak) share.peak = share.inUse;
        return true;
      }
      share.refused = true;
      if (isDue(share, now)) asking.hurry();
      return false;
    },
    give(key) {
      const share = shares.get(key);
      if (!share) return;
      share.inUse -= 1;
      share.usedAt = performance.now();
    },
    async stop() {
      await asking.stop();
      await listening.then((one) => one.unlisten()).catch(() => undefined);
      await sql`delete from permit_share where owner = ${owner}`.catch(() => undefined);
    },
  };
}

function isDue(share: Share, now: number): boolean {
  const since = now - share.askedAt;
  if (now > share.validUntil - RENEW_BEFORE_MS && (share.refused || share.inUse > 0 || share.granted > 0)) return since > (share.granted === 0 ? 20 : CONTENDED_MS);
  if (share.granted === 0 && share.inUse === 0) return share.refused && since > LOOK_MS;
  // More than our part, and some of it is free by now: others wait for it.
  if (share.granted > share.target && share.inUse < share.granted) return true;
  if (share.inUse === 0 && now - share.usedAt > IDLE_MS) return true;
  // Alone, and all of the cap is ours already: there is nothing to ask for.
  if (!share.contended) return share.refused && share.granted < share.cap && since > LOOK_MS;
  return since > CONTENDED_MS;
}

/** Alone in using a cap we keep all of it; beside others only what we can use. */
function wantsOf(share: Share, now: number): number {
  if (share.refused) return share.cap;
  if (!share.contended) return share.inUse === 0 && now - share.usedAt > IDLE_MS ? 0 : share.cap;
  return share.peak === 0 ? 0 : Math.min(share.cap, share.peak + 1);
}

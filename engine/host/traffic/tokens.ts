import type { Sql } from '../database.ts';
import type { Log } from '../log.ts';
import { pgArray } from '../pg-array.ts';
import { startAsking } from './asking.ts';

/** One rate limit of an account, as Postgres counts it. */
export interface LimitSpec {
  account: string;
  /** From 1. */
  part: number;
  partnerId: string;
  retailerId: string;
  /** `drain`: a bucket that begins empty. */
  style: 'bucket' | 'window' | 'drain';
  capacity: number;
  /** Tokens a second; of a window its average. */
  rate: number;
  windowMs: number;
}

/** A limit, and the block of tokens this process has been lent of it. */
export interface Limit {
  spec: LimitSpec;
  tokens: number;
  /** performance.now() until which they may be spent. */
  validUntil: number;
  /** Spent since Postgres was told. */
  spent: number;
  /** Tokens wanted and not there. */
  short: number;
  /** There are none before this moment. */
  nextAt: number;
  askedAt: number;
  usedAt: number;
  /** What the vendor said last, not passed on yet. */
  heard: { available: number; resetMs: number | null } | null;
}

/** Tokens a call costs of a limit. */
export interface Charge {
  limit: Limit;
  cost: number;
}

/** Tokens of rate limits that hold over all engine processes. */
export interface Tokens {
  limit(spec: LimitSpec): Limit;
  /** Spends all of it, or nothing. No: `more` is called when there may be enough. */
  spend(charges: readonly Charge[]): boolean;
  /** The vendor's word on what is left. */
  hear(limit: Limit, available: number, resetMs: number | null): void;
  stop(): Promise<void>;
}

const LEND_MS = 1_000;
/** Unspent tokens go back this long before they would be lost. */
const RETURN_BEFORE_MS = 350;
/** A block is what a process may need in so long. */
const BLOCK_SECONDS = 0.25;
const LOOK_MS = 50;
const IDLE_MS = 700;

/**
 * Tokens lent by Postgres (weft_take_tokens) in small blocks for a second: at 100 calls/s one statement every 50 ms, at 10/s one for
 * each call, and none while nothing is called.
 */
export function createTokens(options: { sql: Sql; log: Log; owner: string; more(): void }): Tokens {
  const { sql, log, owner, more } = options;
  const limits = new Map<string, Limit>();
  const asking = startAsking({
    everyMs: LOOK_MS,
    due: lookAt,
    ask,
    failed: (error) => log.debug({ err: error }, 'tokens could not be asked for'),
  });

  function lookAt(now: number): Limit[] {
    const due: Limit[] = [];
    for (const [key, limit] of limits) {
      if (limit.tokens > 0 && now >= limit.validUntil) Object.assign(limit, { tokens: 0, spent: 0 });
      if (isDue(limit, now)) due.push(limit);
      else if (limit.tokens === 0 && limit.spent === 0 && now - limit.usedAt > 60_000) limits.delete(key);
    }
    return due;
  }

  async function ask(due: readonly Limit[]): Promise<void> {
    const sentAt = performance.now();
    const asked = due.map((limit) => ({ limit, spent: limit.spent, wants: wantsOf(limit, sentAt), heard: limit.heard }));
    for (const { limit } of asked) Object.assign(limit, { short: 0, heard: null, askedAt: sentAt });
    const list = (pick: (one: (typeof asked)[number]) => string | number | null) => pgArray(asked.map(pick));
    const rows = await sql<{ account: string; part: number; tokens: number; valid_ms: number; next_ms: number }[]>`
      select * from weft_take_tokens(${owner}, ${list((one) => one.limit.spec.partnerId)}::uuid[], ${list((one) => one.limit.spec.retailerId)}::uuid[],
        ${list((one) => one.limit.spec.account)}::text[], ${list((one) => one.limit.spec.part)}::int[], ${list((one) => one.limit.spec.style)}::text[],
        ${list((one) => one.limit.spec.capacity)}::float8[], ${list((one) => one.limit.spec.rate)}::float8[], ${list((one) => one.limit.spec.windowMs)}::float8[],
        ${list((one) => one.spent)}::float8[], ${list((one) => one.wants)}::float8[], ${list((one) => one.heard?.available ?? null)}::float8[],
        ${list((one) => one.heard?.resetMs ?? null)}::float8[], ${LEND_MS})`;
    let gained = false;
    const answers = new Map(rows.map((row) => [`${row.account} ${row.part}`, row]));
    for (const { limit, spent } of asked) {
      const answer = answers.get(keyOf(limit.spec));
      if (!answer) continue;
      // What was spent while we asked was spent of the old block, which is part of the new one.
      limit.spent -= spent;
      limit.tokens = Math.max(0, answer.tokens - limit.spent);
      limit.validUntil = sentAt + answer.valid_ms;
      limit.nextAt = performance.now() + answer.next_ms;
      gained ||= limit.tokens > 0;
    }
    if (gained) more();
  }

  return {
    limit(spec) {
      const key = keyOf(spec);
      const known = limits.get(key);
      if (known) {
        known.spec = spec;
        return known;
      }
      const limit: Limit = { spec, tokens: 0, validUntil: 0, spent: 0, short: 0, nextAt: 0, askedAt: 0, usedAt: performance.now(), heard: null };
      limits.set(key, limit);
      return limit;
    },
    spend(charges) {
      const now = performance.now();
      let enough = true;
      for (const { limit, cost } of charges) {
        limit.usedAt = now;
        if (now < limit.validUntil && limit.tokens >= cost) continue;
        enough = false;
        limits.set(keyOf(limit.spec), limit);
        limit.short += cost;
        if (isDue(limit, now)) asking.hurry();
      }
      if (!enough) return false;
      for (const { limit, cost } of charges) {
        limit.tokens -= cost;
        limit.spent += cost;
      }
      return true;
    },
    hear(limit, available, resetMs) {
      limit.heard = { available, resetMs };
    },
    stop: () => asking.stop(),
  };
}

function keyOf(spec: LimitSpec): string {
  return `${spec.account} ${spec.part}`;
}

function isDue(limit: Limit, now: number): boolean {
  if (now - limit.askedAt < LOOK_MS) return false;
  if (limit.short > 0 && now >= limit.nextAt) return true;
  if (limit.heard && now - limit.askedAt > 2 * LOOK_MS) return true;
  return limit.tokens > 0 && now > limit.validUntil - RETURN_BEFORE_MS;
}

function wantsOf(limit: Limit, now: number): number {
  if (limit.short === 0 && now - limit.usedAt > IDLE_MS) return 0;
  return Math.min(limit.spec.capacity, Math.max(limit.short, Math.ceil(limit.spec.rate * BLOCK_SECONDS), 1));
}

import type { Shares } from './shares.ts';
import type { Charge, Tokens } from './tokens.ts';

/** Who calls: what decides who goes first when there is not enough for all. */
export interface Caller {
  /** 0 is the most urgent (place in PRIORITIES). */
  rank: number;
  /** When its event was accepted, epoch milliseconds: the older goes first. */
  age: number;
}

/** What a call needs besides a well connection. */
export interface Need {
  charges: readonly Charge[];
  caps: readonly { key: string; cap: number }[];
}

interface Waiter extends Caller {
  need: Need;
  since: number;
  resolve(turn: Turn): void;
}

/** `late`: it did not get its turn; try again in so long. */
export type Turn = 'go' | { late: number; code: 'rate_budget' | 'concurrency' };

/** A call waits at most so long for its turn while it holds a worker slot. */
export const PATIENCE_MS = 500;
const LONGEST_LATE_MS = 5 * 60_000;
/** After a "not before" those who waited come back one after the other. */
const SPACING_MS = 20;

/**
 * The account behind one or more connections: what the vendor counts calls by. Calls that cannot go at once stand in line for a
 * moment, by priority and then by age; those that would stand longer are sent away with a time to come back at, spread so that
 * they arrive about as fast as they can be served.
 */
export class Account {
  readonly name: string;
  /** performance.now() until which the vendor wants no calls. */
  blockedUntil = 0;
  /** 429s one after another. */
  limitedInARow = 0;
  /** How long calls take, smoothed; milliseconds. */
  callMs = 100;
  #line: Waiter[] = [];
  /** By rank: when the last one sent away comes back. */
  readonly #places: number[] = [];
  readonly #tokens: Tokens;
  readonly #shares: Shares;

  constructor(name: string, tools: { tokens: Tokens; shares: Shares }) {
    this.name = name;
    this.#tokens = tools.tokens;
    this.#shares = tools.shares;
  }

  get waiting(): boolean {
    return this.#line.length > 0;
  }

  /** Goes at once, or stands in line, or is sent away. */
  enter(need: Need, caller: Caller): Turn | Promise<Turn> {
    const now = performance.now();
    if (now < this.blockedUntil) return this.#late(need, caller, now);
    const ahead = this.#ahead(caller);
    if (ahead === 0 && this.#take(need)) return 'go';
    if (this.#waitMs(need, ahead, now) > PATIENCE_MS) return this.#late(need, caller, now);
    return new Promise((resolve) => {
      this.#line.splice(ahead, 0, { ...caller, need, since: now, resolve });
    });
  }

  leave(need: Need, ms: number): void {
    for (const { key } of need.caps) this.#shares.give(key);
    this.callMs += (ms - this.callMs) * 0.1;
    if (this.#line.length > 0) this.serve();
  }

  /** Lets those go whose turn it is, and sends those away who waited long enough. */
  serve(): void {
    const now = performance.now();
    while (this.#line.length > 0) {
      const [first] = this.#line;
      if (!first || now < this.blockedUntil || !this.#take(first.need)) break;
      this.#line.shift();
      first.resolve('go');
    }
    const stay: Waiter[] = [];
    for (const waiter of this.#line) {
      if (now >= this.blockedUntil && now - waiter.since < PATIENCE_MS) stay.push(waiter);
      else waiter.resolve(this.#late(waiter.need, waiter, now));
    }
    this.#line = stay;
  }

  #ahead(caller: Caller): number {
    let at = this.#line.length;
    while (at > 0 && isBefore(caller, this.#line[at - 1])) at -= 1;
    return at;
  }

  #take(need: Need): boolean {
    let taken = 0;
    for (const { key, cap } of need.caps) {
      if (!this.#shares.take(key, cap)) break;
      taken += 1;
    }
    if (taken === need.caps.length && this.#tokens.spend(need.charges)) return true;
    for (const { key } of need.caps.slice(0, taken)) this.#shares.give(key);
    return false;
  }

  #waitMs(need: Need, ahead: number, now: number): number {
    let wait = Math.max(0, this.blockedUntil - now);
    for (const { limit } of need.charges) {
      // Only when there is known to be none; else it is a matter of asking for more.
      if (limit.nextAt > now) wait = Math.max(wait, limit.nextAt - now + ahead * this.#everyMs(need));
    }
    for (const { cap } of need.caps) wait = Math.max(wait, (ahead * this.callMs) / cap);
    return wait;
  }

  /** Milliseconds from one call to the next when all is used. */
  #everyMs(need: Need): number {
    let every = SPACING_MS;
    for (const { limit, cost } of need.charges) every = Math.max(every, (cost / limit.spec.rate) * 1000);
    for (const { cap } of need.caps) every = Math.max(every, this.callMs / cap);
    return every;
  }

  #late(need: Need, caller: Caller, now: number): Turn {
    const from = now + Math.max(this.#waitMs(need, 0, now), PATIENCE_MS / 2);
    const place = Math.max(from, this.#places[caller.rank] ?? 0) + this.#everyMs(need);
    // Who is less urgent comes back after those who are more.
    for (let rank = caller.rank; rank < 8; rank += 1) this.#places[rank] = Math.max(this.#places[rank] ?? 0, place);
    const short = need.charges.length > 0 || now < this.blockedUntil;
    return { late: Math.min(LONGEST_LATE_MS, Math.max(place, this.blockedUntil) - now), code: short ? 'rate_budget' : 'concurrency' };
  }
}

function isBefore(one: Caller, other: Caller | undefined): boolean {
  return other !== undefined && (one.rank < other.rank || (one.rank === other.rank && one.age < other.age));
}

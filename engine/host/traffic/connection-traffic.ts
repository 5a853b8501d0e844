import type { LiveConnection } from '../config/connections.ts';
import type { Account, Need } from './account.ts';
import { readBudget, type BudgetReading } from './budget-readers.ts';
import { FAILURES_TO_OPEN, Tracker, WELL, type Health } from './health.ts';
import type { Charge, Limit, LimitSpec } from './tokens.ts';
import type { CallAnswer, Pass } from './traffic.ts';

/** Rate after an outage when the connection states none: calls a second, doubled every five seconds. */
const RAMP_FROM = 50;
const RAMP_STEP_MS = 5_000;
const RAMP_ENDS = 3_000;
/** A stated rate begins with half of it. */
const HALF_MS = 2_000;
/** Draining is over when nothing had to wait for so long. */
const DRAINED_MS = 5_000;

/** Calls under way, the breaker's counts and the limits of one connection in this process. */
export class ConnectionTraffic {
  readonly connection: LiveConnection;
  readonly account: Account;
  readonly tracker: Tracker;
  health: Health = WELL;
  /** False until `health` was read once. */
  known = false;
  loading: Promise<void> | null = null;
  inFlight: { count: number };
  need: Need;
  /** Failures that are being told to the others. */
  reporting = 0;
  /** Calls that wait for the answers of those under way, as the last one failed. */
  suspects: { since: number; again(): void }[] = [];
  /** When a call last had to wait or was sent away, performance.now(). */
  deferredAt = 0;
  readonly #usual: Need;
  readonly #drain: Limit;
  readonly #pass: Pass = { type: 'pass', of: this, probe: false };

  constructor(connection: LiveConnection, tools: { account: Account; limit(spec: LimitSpec): Limit; before: ConnectionTraffic | null }) {
    const { account, before } = tools;
    this.connection = connection;
    this.account = account;
    this.tracker = before?.tracker ?? new Tracker();
    this.inFlight = before?.inFlight ?? { count: 0 };
    const owned = { partnerId: connection.partnerId, retailerId: connection.retailerId };
    const specs = specsOf(connection, account.name);
    const caps = connection.rateLimit.limits.flatMap((limit) => (limit.style === 'concurrency' ? [{ key: `account:${account.name}`, cap: limit.calls }] : []));
    if (connection.concurrency !== null) caps.push({ key: `connection:${connection.id}`, cap: connection.concurrency });
    const cost = (part: number) => {
      const limit = connection.rateLimit.limits[part - 1];
      return limit?.style === 'points' ? limit.perCall : 1;
    };
    this.#usual = { charges: specs.map((spec) => ({ limit: tools.limit({ ...owned, ...spec }), cost: cost(spec.part) })), caps };
    this.#drain = tools.limit({ ...owned, account: `drain:${connection.id}`, part: 1, style: 'drain', capacity: 5, rate: RAMP_FROM, windowMs: 0 });
    this.need = this.#usual;
    if (before) {
      this.known = before.known;
      this.suspects = before.suspects;
      this.apply(before.health, before.known);
    }
  }

  /** Neither limits nor caps: nothing to count but the calls under way. */
  get plain(): boolean {
    return this.need.charges.length === 0 && this.need.caps.length === 0;
  }

  get draining(): boolean {
    return this.health.drainingSince !== null;
  }

  /** @param workers processes that may be calling at the same time */
  suspected(workers: number): boolean {
    const failures = Math.max(this.tracker.failures, this.health.failures);
    if (failures === 0) return false;
    const part = Math.floor(FAILURES_TO_OPEN / workers);
    // Its part spent, a process waits for the others' count. One may always go then, or nobody would ever learn.
    return this.inFlight.count >= Math.max(1, part - failures) || (this.reporting > 0 && this.tracker.failures >= part);
  }

  start(probe = false): Pass {
    this.inFlight.count += 1;
    return probe ? { type: 'pass', of: this, probe: true } : this.#pass;
  }

  end(pass: Pass, ms: number): void {
    this.inFlight.count -= 1;
    // A probe stands in no line, and has taken nothing.
    if (!pass.probe && !this.plain) this.account.leave(this.need, ms);
  }

  /** A call was answered as it should be. */
  well(): void {
    this.account.limitedInARow = 0;
    if (this.health.failures > 0 && this.health.state === 'ok') this.health = { ...this.health, failures: 0 };
  }

  apply(health: Health, known = true): void {
    if (health.state === 'ok' && this.health.state !== 'ok') this.tracker.reset();
    this.health = health;
    this.known = known;
    const drain = health.state === 'ok' && health.drainingSince !== null;
    this.need = drain ? { ...this.#usual, charges: [...this.#usual.charges, { limit: this.#drain, cost: 1 }] } : this.#usual;
  }

  /** The breaker opens; until the shared state is known no call begins. */
  opening(): void {
    const now = performance.now();
    this.health = { ...this.health, state: 'open', probeAt: now + 5_000, probingUntil: 0 };
  }

  recover(): void {
    this.apply({ ...WELL, drainingSince: performance.now() });
  }

  /** Sets the rate of the moment, and ends draining when nothing waits any more. */
  lookAtDraining(ended: (connectionId: string) => void): void {
    const since = this.health.drainingSince;
    if (since === null) return;
    const now = performance.now();
    const elapsed = now - since;
    const { drainPerSecond } = this.connection;
    const rate = drainPerSecond === null ? RAMP_FROM * 2 ** Math.floor(elapsed / RAMP_STEP_MS) : elapsed < HALF_MS ? drainPerSecond / 2 : drainPerSecond;
    const idle = elapsed > DRAINED_MS && now - this.deferredAt > DRAINED_MS;
    if (idle || (drainPerSecond === null && rate > RAMP_ENDS)) {
      this.apply({ ...this.health, drainingSince: null });
      ended(this.connection.id);
    } else if (this.#drain.spec.rate !== rate) {
      this.#drain.spec = { ...this.#drain.spec, rate, capacity: Math.max(1, Math.ceil(rate / 2)) };
    }
  }

  /** Takes in what an answer says of the budget. @returns milliseconds for which nothing is left, or null */
  hear(answer: CallAnswer, pass: (limit: Limit, left: { remaining: number; resetMs: number | null }) => void): number | null {
    const reading = readBudget(answer, this.connection.rateLimit.headers, Date.now());
    if (!reading) return null;
    for (const charge of this.#usual.charges) adjust(charge, reading, pass);
    if (reading.remaining === 0 && this.#usual.charges.length === 0) return Math.min(reading.resetMs ?? 1_000, 15 * 60_000);
    return null;
  }
}

/** The vendor knows best: its capacity and rate replace what was configured, and what it says is left is passed on when it is little. */
function adjust({ limit, cost }: Charge, reading: BudgetReading, pass: (limit: Limit, left: { remaining: number; resetMs: number | null }) => void): void {
  const { spec } = limit;
  const { capacity, perSecond, remaining, resetMs } = reading;
  // Several limits, one header: it speaks of the one it resembles.
  const speaksOf = capacity === undefined || spec.style === 'bucket' || capacity >= spec.capacity / 2;
  if (!speaksOf) return;
  const changed = (capacity !== undefined && capacity !== spec.capacity && spec.style === 'bucket') || (perSecond !== undefined && perSecond !== spec.rate);
  if (changed) limit.spec = { ...spec, capacity: capacity ?? spec.capacity, rate: perSecond ?? spec.rate };
  if (remaining !== undefined && (remaining < limit.tokens + cost || remaining < limit.spec.capacity / 4)) pass(limit, { remaining, resetMs: spec.style === 'window' ? (resetMs ?? null) : null });
}

type Terms = Pick<LimitSpec, 'account' | 'part' | 'style' | 'capacity' | 'rate' | 'windowMs'>;

function specsOf(connection: LiveConnection, account: string): Terms[] {
  return connection.rateLimit.limits.flatMap((limit, at): Terms[] => {
    const common = { account, part: at + 1 };
    switch (limit.style) {
      case 'bucket':
        return [{ ...common, style: 'bucket', capacity: limit.calls, rate: limit.perSecond, windowMs: 0 }];
      case 'points':
        return [{ ...common, style: 'bucket', capacity: limit.points, rate: limit.perSecond, windowMs: 0 }];
      case 'window':
        return [{ ...common, style: 'window', capacity: limit.calls, rate: limit.calls / limit.seconds, windowMs: limit.seconds * 1000 }];
      case 'concurrency':
        return [];
    }
  });
}

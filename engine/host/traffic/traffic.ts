import type { LiveConnection } from '../config/connections.ts';
import type { Sql } from '../database.ts';
import type { Log } from '../log.ts';
import { Account, PATIENCE_MS, type Caller, type Turn } from './account.ts';
import { ConnectionTraffic } from './connection-traffic.ts';
import { createHealthStore } from './health-store.ts';
import { FAILURES_TO_OPEN, type Reaction, type Sign } from './health.ts';
import type { Shares } from './shares.ts';
import type { LimitSpec, Tokens } from './tokens.ts';
import { z } from 'zod';

/** The right to make one call; goes back with its answer. */
export interface Pass {
  type: 'pass';
  of: ConnectionTraffic;
  /** The call that tries whether an open connection answers again. */
  probe: boolean;
}

/** The call is not made now. Spends no attempt. */
export interface Refusal {
  type: 'refused';
  code: 'rate_budget' | 'concurrency' | 'breaker_open' | 'connection_paused';
  message: string;
  retryAfterMs: number;
}

/** What came back, as far as traffic cares. */
export interface CallAnswer {
  sign: Sign;
  /** The failure's code; '' when there was none. */
  code: string;
  retryAfterMs: number | undefined;
  headers: Readonly<Record<string, string>>;
  body: string;
  ms: number;
}

export interface Traffic {
  /** Without a promise when there is nothing to wait for, which is the usual case. */
  enter(connection: LiveConnection, caller: Caller & { timeoutMs: number }): Pass | Refusal | Promise<Pass | Refusal>;
  /** What the call's answer means for those that come after it. Paused now: the call counts as not made. */
  leave(pass: Pass, answer: CallAnswer): Refusal | null;
  /** True when calls go to this connection as far as this process knows. */
  isWell(connectionId: string): boolean;
  /** Its row of connection_health changed; null: any may have. */
  healthChanged(connectionId: string | null): void;
  /** There may be permits or tokens that were short. */
  serve(): void;
  /** Engine processes there are, this one included. */
  countWorkers(count: number): void;
  stop(): Promise<void>;
}

export interface TrafficOptions {
  sql: Sql;
  log: Log;
  owner: string;
  shares: Shares;
  tokens: Tokens;
  /** Calls go to this connection again: what waited for it may run. */
  resumed(connectionId: string): void;
  /** It is still open; the next try is in so long. */
  probeMoved(connectionId: string, inMs: number): void;
}

/** A paused connection's runs are woken when it is resumed; this is for the one that was missed. */
const PAUSED_MS = 15 * 60 * 1000;
const LOOK_MS = 50;
const blockSchema = z.object({ account: z.string(), blockedMs: z.number() });

/**
 * Lets calls through, or not: rate budgets and caps per account, a breaker and a pause per connection; all of them over all engine
 * processes. A connection without limits that is well costs a call one look at two numbers.
 */
export function createTraffic(options: TrafficOptions): Traffic {
  const { sql, log, owner, shares, tokens } = options;
  const store = createHealthStore(sql, owner);
  const connections = new Map<string, ConnectionTraffic>();
  const accounts = new Map<string, Account>();
  const timer = setInterval(serve, LOOK_MS);
  let workers = 1;

  const listening = sql.listen('weft_traffic', (payload) => {
    const block = blockSchema.safeParse(JSON.parse(payload));
    const account = block.success ? accounts.get(block.data.account) : undefined;
    if (account && block.success) account.blockedUntil = Math.max(account.blockedUntil, performance.now() + block.data.blockedMs);
  });
  listening.catch((error: unknown) => log.debug({ err: error }, 'news of accounts come by the next answer only'));

  function background(work: Promise<unknown>, what: string): void {
    work.catch((error: unknown) => log.warn({ err: error }, what));
  }

  function serve(): void {
    for (const account of accounts.values()) if (account.waiting) account.serve();
    for (const traffic of connections.values()) releaseSuspects(traffic);
  }

  function of(connection: LiveConnection): ConnectionTraffic {
    const known = connections.get(connection.id);
    if (known?.connection === connection) return known;
    const name = connection.rateLimit.account === undefined ? connection.id : `${connection.retailerId}/${connection.rateLimit.account}`;
    let account = accounts.get(name);
    if (!account) {
      account = new Account(name, { tokens, shares });
      accounts.set(name, account);
    }
    const limit = (spec: LimitSpec) => tokens.limit(spec);
    const fresh = new ConnectionTraffic(connection, { account, limit, before: known ?? null });
    connections.set(connection.id, fresh);
    return fresh;
  }

  /** First call of a connection in this process: how it fares is not known yet. */
  async function load(traffic: ConnectionTraffic): Promise<void> {
    traffic.loading ??= Promise.all([store.load(traffic.connection.id), store.blockedMs(traffic.account.name)])
      .then(([health, blockedMs]) => {
        traffic.apply(health);
        if (blockedMs > 0) traffic.account.blockedUntil = Math.max(traffic.account.blockedUntil, performance.now() + blockedMs);
      })
      .finally(() => (traffic.loading = null));
    await traffic.loading;
  }

  function judge(traffic: ConnectionTraffic, caller: Caller & { timeoutMs: number }): Pass | Refusal | Promise<Pass | Refusal> {
    const { health } = traffic;
    if (health.state === 'paused') return refused('connection_paused', PAUSED_MS);
    if (health.state === 'open') {
      const now = performance.now();
      if (now < health.probeAt || now < health.probingUntil) return refused('breaker_open', Math.max(health.probeAt, Math.min(health.probingUntil, now + 5_000)) - now);
      return probe(traffic, caller.timeoutMs);
    }
    if (traffic.suspected(workers)) return suspect(traffic, caller);
    if (traffic.draining) traffic.lookAtDraining((id) => background(store.drained(id), 'the end of draining was not noted'));
    if (traffic.plain && performance.now() >= traffic.account.blockedUntil) return traffic.start();
    const turn = traffic.account.enter(traffic.need, caller);
    if (turn === 'go') return traffic.start();
    traffic.deferredAt = performance.now();
    return turn instanceof Promise ? turn.then((it) => take(traffic, it)) : take(traffic, turn);
  }

  /**
   * The last call failed. Failures and calls under way together stay below what opens the breaker, so that an outage is noticed by
   * ten calls and not by all slots; who comes meanwhile waits a moment for an answer.
   */
  function suspect(traffic: ConnectionTraffic, caller: Caller & { timeoutMs: number }): Promise<Pass | Refusal> {
    const since = performance.now();
    return new Promise((resolve) => {
      const again = (): void => {
        const current = connections.get(traffic.connection.id) ?? traffic;
        if (performance.now() - since > PATIENCE_MS) resolve(refused('breaker_open', 1_000));
        else resolve(judge(current, caller));
      };
      (connections.get(traffic.connection.id) ?? traffic).suspects.push({ since, again });
    });
  }

  /** An answer came: those who waited for it are judged again, as many as may go. */
  function releaseSuspects(traffic: ConnectionTraffic): void {
    const waiting = traffic.suspects;
    if (waiting.length === 0) return;
    const now = performance.now();
    // Who is judged again may have to wait again: that goes to the new list.
    traffic.suspects = [];
    for (const one of waiting) {
      if (now - one.since < PATIENCE_MS && traffic.health.state === 'ok' && traffic.suspected(workers)) traffic.suspects.push(one);
      else one.again();
    }
  }

  function take(traffic: ConnectionTraffic, turn: Turn): Pass | Refusal {
    if (turn !== 'go') return refused(turn.code, turn.late);
    // While it stood in line the connection may have been paused.
    if (traffic.health.state === 'ok') return traffic.start();
    traffic.account.leave(traffic.need, traffic.account.callMs);
    return refused(traffic.health.state === 'paused' ? 'connection_paused' : 'breaker_open', 1_000);
  }

  async function probe(traffic: ConnectionTraffic, timeoutMs: number): Promise<Pass | Refusal> {
    const seconds = timeoutMs / 1000 + 5;
    traffic.health = { ...traffic.health, probingUntil: performance.now() + seconds * 1000 };
    if (await store.claimProbe(traffic.connection.id, seconds)) return traffic.start(true);
    traffic.apply(await store.load(traffic.connection.id));
    return refused('breaker_open', Math.max(1_000, traffic.health.probeAt - performance.now()));
  }

  function limited(traffic: ConnectionTraffic, answer: CallAnswer): void {
    const { account, connection } = traffic;
    account.limitedInARow += 1;
    const ms = answer.retryAfterMs ?? Math.min(60_000, 1_000 * 2 ** Math.min(6, account.limitedInARow - 1));
    block(traffic, ms, connection);
  }

  function block(traffic: ConnectionTraffic, ms: number, connection: LiveConnection): void {
    const { account } = traffic;
    const until = performance.now() + ms;
    if (until <= account.blockedUntil) return;
    account.blockedUntil = until;
    account.serve();
    background(store.block(connection, account.name, ms), 'a rate limit could not be shared');
  }

  function react(traffic: ConnectionTraffic, reaction: Reaction, code: string): void {
    const { connection } = traffic;
    const { id } = connection;
    if (reaction === 'report' || reaction === 'open') {
      // Calls that were under way when it opened.
      if (traffic.health.state !== 'ok') return;
      const failure = { inARow: traffic.tracker.failures, code, open: reaction === 'open' };
      if (failure.open || failure.inARow >= FAILURES_TO_OPEN) traffic.opening();
      traffic.reporting += 1;
      const told = store.failed(connection, failure).then((health) => traffic.apply(health)).finally(() => {
        traffic.reporting -= 1;
        releaseSuspects(traffic);
      });
      background(told, 'a failure could not be shared');
    } else if (reaction === 'recovered') {
      traffic.health = { ...traffic.health, failures: 0 };
      background(store.recovered(id), 'a recovery could not be shared');
    } else if (reaction === 'pause') {
      traffic.health = { ...traffic.health, state: 'paused', reasonCode: code };
      background(store.pause(connection, code), 'a connection could not be paused for the others');
    }
  }

  return {
    serve,
    enter(connection, caller) {
      const traffic = of(connection);
      return traffic.known ? judge(traffic, caller) : load(traffic).then(() => judge(traffic, caller));
    },
    leave(pass, answer) {
      pass.of.end(pass, answer.ms);
      // Its configuration may have been read again meanwhile.
      const traffic = connections.get(pass.of.connection.id) ?? pass.of;
      const probed = pass.probe;
      const { sign } = answer;
      if (probed) {
        const answered = sign !== 'failing' && sign !== 'none';
        if (answered) traffic.recover();
        background(store.probed(traffic.connection.id, answered), 'the answer to a probe was not noted');
      }
      if (sign === 'limited') limited(traffic, answer);
      else if (sign === 'well') traffic.well();
      const emptyMs = sign === 'none' ? null : traffic.hear(answer, (limit, left) => tokens.hear(limit, left.remaining, left.resetMs));
      if (emptyMs !== null) block(traffic, emptyMs, traffic.connection);
      const reaction = probed && sign === 'failing' ? 'none' : traffic.tracker.note(sign, performance.now());
      if (reaction !== 'none') react(traffic, reaction, answer.code);
      releaseSuspects(traffic);
      return reaction === 'pause' ? refused('connection_paused', PAUSED_MS) : null;
    },
    countWorkers: (count) => void (workers = Math.max(1, count)),
    isWell: (id) => (connections.get(id)?.health.state ?? 'ok') === 'ok',
    healthChanged(id) {
      const changed = id === null ? [...connections.keys()] : [id];
      for (const one of changed) {
        const look = store.load(one).then((health) => {
          connections.get(one)?.apply(health);
          if (health.state === 'ok') options.resumed(one);
          else if (health.state === 'open') options.probeMoved(one, Math.max(0, health.probeAt - performance.now()));
        });
        background(look, 'the state of a connection could not be read');
      }
    },
    async stop() {
      clearInterval(timer);
      await listening.then((one) => one.unlisten()).catch(() => undefined);
    },
  };
}

const MESSAGES: Record<Refusal['code'], string> = {
  rate_budget: 'The rate budget of the account is used up for now.',
  concurrency: 'As many calls as the account allows are under way.',
  breaker_open: 'The connection did not answer several times in a row; it is tried again later.',
  connection_paused: 'The connection is paused until a person resumes it.',
};

function refused(code: Refusal['code'], ms: number): Refusal {
  return { type: 'refused', code, message: MESSAGES[code], retryAfterMs: Math.max(50, Math.ceil(ms)) };
}

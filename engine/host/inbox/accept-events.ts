import { setTimeout as wait } from 'node:timers/promises';
import type { PgBoss } from 'pg-boss';
import { newId } from '../new-id.ts';
import type { Json } from '#engine/flow/json.ts';
import type { EventInfo } from '#engine/nodes/step.ts';
import { isAway, isDeadlock, type Sql } from '../database.ts';
import { faultPoint } from '../fault-points.ts';
import { ringLanes } from '../lanes/doorbell.ts';
import { laneKey } from '../lanes/lease.ts';
import type { LaneManager } from '../lanes/lane-manager.ts';
import type { LaneHead, LaneNews } from '../lanes/lane-news.ts';
import type { Log } from '../log.ts';
import { pgArray, pgTexts } from '../pg-array.ts';
import { transaction } from '../transaction.ts';

/** An event as it is taken in. */
export interface NewEvent {
  /** Given when the caller has to know it before; else made here. */
  id?: string;
  /** Somebody waits for the outcome: this process takes the lane if nobody holds it, and does the work itself. */
  urgent?: boolean;
  partnerId: string;
  retailerId: string;
  flowId: string;
  environment: string;
  endpointKey: string | null;
  nodeId: string;
  trigger: EventInfo['trigger'];
  lane: number;
  orderingKey: string | null;
  deliveryId: string | null;
  /** JSON text of the headers kept. */
  headers: string;
  body: string;
  contentType: string;
  /** The body, parsed. */
  data: Json;
}

export interface Accepted {
  /** Of a duplicate: the first event's. */
  eventId: string;
  /** Epoch milliseconds. */
  receivedAt: number;
  duplicate: boolean;
}

/** The events were not taken, or we do not know whether they were: the sender must send again. */
export class NotAccepted extends Error {
  constructor(cause: unknown) {
    super('The event could not be stored.', { cause });
    this.name = 'NotAccepted';
  }
}

export interface Inbox {
  /** Resolves after the commit. @throws NotAccepted */
  accept(event: NewEvent): Promise<Accepted>;
  /** Waits for what is under way. */
  close(): Promise<void>;
}

const MOST_EVENTS = 200;
const MOST_CHARACTERS = 8_000_000;
/** A commit that takes longer counts as failed for the sender, whatever becomes of it; sending again is safe by its delivery id. */
const COMMIT_TIMEOUT_MS = 5_000;
/** While the database is away, how often it is looked for. Senders are refused meanwhile without asking it. */
const LOOK_MS = 200;

interface Waiting {
  id: string;
  event: NewEvent;
  resolve(accepted: Accepted): void;
  reject(error: Error): void;
}

interface AcceptRow {
  index: number;
  event_id: string;
  outcome: 'accepted' | 'duplicate';
  lane: number | null;
  seq: string | null;
  ring: boolean;
  received_at: Date;
}

const ACCEPT_SQL = `select index, event_id, outcome, lane, seq, ring, received_at from weft_accept(
  $1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::text[], $8::text[], $9::int[], $10::text[], $11::text[], $12::text[],
  $13::text[], $14::text[], $15::boolean[])`;

/**
 * Takes events in by grouped commits: those that arrive while a commit is in flight share the next one. An idle server adds no
 * wait, a busy one commits dozens at once.
 */
export function createInbox(options: { sql: Sql; boss: PgBoss; manager: LaneManager | null; news?: LaneNews; log: Log }): Inbox {
  const { sql, boss, manager, news, log } = options;
  let waiting: Waiting[] = [];
  let flushing: Promise<void> | null = null;
  let scheduled = false;
  /** Why the database is known to be away. */
  let away: NotAccepted | null = null;
  let closed = false;

  function schedule(): void {
    if (scheduled || flushing) return;
    scheduled = true;
    // One turn of the event loop, so that requests which came in the same read share the commit.
    setImmediate(() => {
      scheduled = false;
      flushing = flush(take()).finally(() => {
        flushing = null;
        if (waiting.length > 0) schedule();
      });
    });
  }

  function take(): Waiting[] {
    let characters = 0;
    let count = 0;
    while (count < waiting.length && count < MOST_EVENTS && characters < MOST_CHARACTERS) characters += waiting[count++]?.event.body.length ?? 0;
    const batch = waiting.slice(0, count);
    waiting = waiting.slice(count);
    return batch;
  }

  async function flush(batch: Waiting[]): Promise<void> {
    if (batch.length === 0) return;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(new Error('The commit took too long.')), COMMIT_TIMEOUT_MS);
    });
    try {
      faultPoint('before_accept_commit');
      const rows = await Promise.race([storeAgain(batch), late]);
      faultPoint('after_accept_commit');
      settle(batch, rows);
    } catch (error) {
      log.warn({ err: error, events: batch.length }, isAway(error) ? 'events refused: the database is away' : 'events refused');
      const refused = new NotAccepted(error);
      for (const one of batch) one.reject(refused);
      // Those behind would wait for the same.
      if (isAway(error)) goAway(refused);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Each try to connect takes up to a second; senders are told at once instead. */
  function goAway(reason: NotAccepted): void {
    for (const one of waiting.splice(0)) one.reject(reason);
    if (away || closed) return;
    away = reason;
    void look();
  }

  async function look(): Promise<void> {
    while (!closed) {
      await wait(LOOK_MS);
      // Half a connection answers nothing and fails at nothing.
      if (await Promise.race([sql`select 1`.then(() => true, () => false), wait(COMMIT_TIMEOUT_MS, false)])) break;
    }
    away = null;
  }

  /** A deadlock takes nothing with it: the batch was rolled back as a whole, and is simply taken again. */
  async function storeAgain(batch: Waiting[]): Promise<AcceptRow[]> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await store(batch);
      } catch (error) {
        if (attempt >= 3 || !isDeadlock(error)) throw error;
      }
    }
  }

  async function store(batch: Waiting[]): Promise<AcceptRow[]> {
    const parameters = parametersOf(batch);
    const quiet = manager !== null && batch.every(({ event }) => manager.holds(event));
    if (quiet) {
      const rows = await sql.unsafe<AcceptRow[]>(ACCEPT_SQL, parameters, { prepare: true });
      // A lane given back this very moment: its bell comes after the commit; the sweeper knows should we die in between.
      await ringLanes(boss, ringing(batch, rows));
      return rows;
    }
    const taken = await transaction(sql, async (tx) => {
      const rows = await tx.unsafe<AcceptRow[]>(ACCEPT_SQL, parameters, { prepare: true });
      const silent = ringing(batch, rows);
      const leases = manager?.hasRoom() ? await manager.claim(tx, silent) : [];
      const claimed = new Set(leases.map(laneKey));
      const executeSql = async (text: string, values: unknown[] = []) => ({ rows: await tx.unsafe(text, values.map(asParameter)) });
      await ringLanes(boss, silent.filter((lane) => !claimed.has(laneKey(lane))), { db: { executeSql } });
      return { rows, leases };
    });
    manager?.adopt(taken.leases);
    news?.accepted(heldElsewhere(batch, taken.rows));
    return taken.rows;
  }

  /** Lanes nobody had to ring for and that are not ours: their holder has no other way to know. */
  function heldElsewhere(batch: Waiting[], rows: AcceptRow[]): LaneHead[] {
    return rows.flatMap((row) => {
      const event = batch[row.index - 1]?.event;
      const id = event && row.lane !== null && row.seq !== null && !row.ring ? { flowId: event.flowId, lane: row.lane, head: Number(row.seq) + 1 } : null;
      return id && !manager?.holds(id) ? [id] : [];
    });
  }

  function settle(batch: Waiting[], rows: AcceptRow[]): void {
    for (const row of rows) {
      const one = batch[row.index - 1];
      if (!one) continue;
      one.resolve({ eventId: row.event_id, receivedAt: row.received_at.getTime(), duplicate: row.outcome === 'duplicate' });
      if (!manager || row.outcome === 'duplicate' || row.lane === null) continue;
      const { event } = one;
      const id = { flowId: event.flowId, lane: row.lane };
      if (!manager.holds(id)) continue;
      const { environment, nodeId, trigger, data, orderingKey } = event;
      const body = { environment, nodeId, trigger, test: false, text: '', data };
      const receivedAt = row.received_at.getTime();
      manager.offer(id, { seq: Number(row.seq), eventId: row.event_id, receivedAt, runId: null, orderingKey, attempt: 1, dueAt: 0, waitingCode: null, waitingRef: null, letsPass: false, body });
    }
  }

  return {
    accept(event) {
      if (away) return Promise.reject(away);
      return new Promise((resolve, reject) => {
        waiting.push({ id: event.id ?? newId(), event, resolve, reject });
        schedule();
      });
    },
    async close() {
      closed = true;
      while (flushing || waiting.length > 0) {
        schedule();
        await (flushing ?? new Promise((resolve) => setImmediate(resolve)));
      }
    },
  };
}

function ringing(batch: Waiting[], rows: AcceptRow[]): { flowId: string; lane: number; retailerId: string; urgent: boolean }[] {
  return rows.flatMap((row) => {
    const event = batch[row.index - 1]?.event;
    return row.ring && event && row.lane !== null ? [{ flowId: event.flowId, lane: row.lane, retailerId: event.retailerId, urgent: event.urgent === true }] : [];
  });
}

function parametersOf(batch: Waiting[]): string[] {
  const plain = (pick: (one: Waiting) => string | number | boolean | null) => pgArray(batch.map(pick));
  const texts = (pick: (event: NewEvent) => string | null) => pgTexts(batch.map((one) => pick(one.event)));
  return [
    plain((one) => one.id),
    plain((one) => one.event.partnerId),
    plain((one) => one.event.retailerId),
    plain((one) => one.event.flowId),
    plain((one) => one.event.environment),
    plain((one) => one.event.endpointKey),
    plain((one) => one.event.nodeId),
    plain((one) => one.event.trigger),
    plain((one) => one.event.lane),
    texts((event) => event.orderingKey),
    texts((event) => event.deliveryId),
    texts((event) => event.headers),
    texts((event) => event.body),
    texts((event) => event.contentType),
    plain(() => false),
  ];
}

/** pg-boss passes JSON text and plain values, which travel as text. */
function asParameter(value: unknown): string | number | boolean | null {
  if (value === null || value === undefined) return null;
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : JSON.stringify(value);
}

import { z } from 'zod';
import type { Sql } from '../database.ts';
import type { RunWrite } from '../journal/run-write.ts';
import type { Log } from '../log.ts';
import { pgArray } from '../pg-array.ts';
import { wakeCallers, type Ring } from './wake-runs.ts';

/** What an event was answered with. */
export interface Reply {
  /** `responded`: by the flow. `ended`, `failed`: its run ended without an answer. */
  outcome: 'responded' | 'ended' | 'failed';
  status: number;
  headers: [string, string][];
  /** JSON text. */
  body: string;
  code: string | null;
}

export interface WaitingReply {
  /** Resolves with the answer; null after `giveUp`. */
  answer: Promise<Reply | null>;
  giveUp(): void;
}

export interface Replies {
  /** Begins to wait for an event's answer; do it before the event is accepted. */
  wait(eventId: string): WaitingReply;
  /** Looks for an answer given already (the event is an old one). */
  look(eventId: string): Promise<void>;
  /** The run that works on an event, as far as it is written down. */
  runOf(eventId: string): Promise<string | null>;
  /** A flow answers. The first answer counts. */
  respond(event: { eventId: string; partnerId: string; retailerId: string; trigger: string }, reply: Reply): Promise<void>;
  /** These runs were written; some of them ended without an answer. */
  written(writes: readonly RunWrite[]): void;
  stop(): Promise<void>;
}

const CHANNEL = 'weft_reply';
const headersSchema = z.array(z.tuple([z.string(), z.string()]));

interface Row {
  event_id: string;
  outcome: Reply['outcome'];
  status: number;
  headers: string;
  body: string;
  code: string | null;
}

/**
 * Who waits for answers, in this process and in others. An answer given in the process that waits goes straight to its caller;
 * others hear of it by NOTIFY and read it from the table.
 */
export async function createReplies(options: { sql: Sql; log: Log; ring: Ring }): Promise<Replies> {
  const { sql, log, ring } = options;
  const waiting = new Map<string, Set<(reply: Reply | null) => void>>();

  function resolve(eventId: string, reply: Reply): boolean {
    const callers = waiting.get(eventId);
    if (!callers) return false;
    waiting.delete(eventId);
    for (const caller of callers) caller(reply);
    return true;
  }

  async function load(eventIds: readonly string[]): Promise<void> {
    if (eventIds.length === 0) return;
    const rows = await sql<Row[]>`select event_id, outcome, status, headers, body, code from reply where event_id = any(${pgArray([...eventIds])}::uuid[])`;
    for (const row of rows) resolve(row.event_id, { ...row, headers: headersSchema.parse(JSON.parse(row.headers)) });
  }

  const quietly = (work: Promise<void>) => void work.catch((error: unknown) => log.warn({ err: error }, 'an answer could not be passed on'));

  const listening = await sql.listen(
    CHANNEL,
    (eventId) => {
      if (waiting.has(eventId)) quietly(load([eventId]));
    },
    // Also after the connection was lost: what was told meanwhile is read.
    () => quietly(load([...waiting.keys()])),
  );

  async function tell(eventIds: readonly string[]): Promise<void> {
    if (eventIds.length > 0) await sql`select pg_notify(${CHANNEL}, id) from unnest(${pgArray([...eventIds])}::text[]) as e (id)`;
  }

  return {
    wait(eventId) {
      const { promise, resolve: settle } = Promise.withResolvers<Reply | null>();
      const callers = waiting.get(eventId);
      if (callers) callers.add(settle);
      else waiting.set(eventId, new Set([settle]));
      return {
        answer: promise,
        giveUp() {
          const left = waiting.get(eventId);
          left?.delete(settle);
          if (left?.size === 0) waiting.delete(eventId);
          settle(null);
        },
      };
    },
    look: (eventId) => load([eventId]),
    async runOf(eventId) {
      const [row] = await sql<{ id: string }[]>`select id from run where event_id = ${eventId} limit 1`;
      return row?.id ?? null;
    },
    async respond({ eventId, partnerId, retailerId, trigger }, reply) {
      const here = resolve(eventId, reply);
      const made = await sql`
        insert into reply (event_id, partner_id, retailer_id, outcome, status, headers, body, code)
        values (${eventId}, ${partnerId}, ${retailerId}, ${reply.outcome}, ${reply.status}, ${JSON.stringify(reply.headers)}, ${reply.body}, ${reply.code})
        on conflict do nothing returning 1`;
      if (made.length === 0) return;
      if (trigger === 'flow') await wakeCallers(sql, [eventId], ring);
      else if (trigger === 'api' && !here) await tell([eventId]);
    },
    written(writes) {
      const ended = writes.filter(({ kept }) => kept?.reply);
      if (ended.length === 0) return;
      const apis: string[] = [];
      for (const { head, kept } of ended) {
        const reply = kept?.reply;
        if (!reply || head.trigger !== 'api') continue;
        const { outcome, status, code, message } = reply;
        if (!resolve(head.eventId, { outcome, status, code, headers: [], body: JSON.stringify(message) })) apis.push(head.eventId);
      }
      quietly(Promise.all([tell(apis), wakeCallers(sql, ended.filter(({ head }) => head.trigger === 'flow').map(({ head }) => head.eventId), ring)]).then(() => undefined));
    },
    async stop() {
      for (const callers of waiting.values()) for (const caller of callers) caller(null);
      waiting.clear();
      await listening.unlisten();
    },
  };
}

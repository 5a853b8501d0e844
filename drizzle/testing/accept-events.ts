import type { SqlQueries } from '../client.ts';

/** An event to be taken in. Ids are UUIDs, `id` a UUIDv7 made by the caller. */
export interface NewEvent {
  id: string;
  partnerId: string;
  retailerId: string;
  flowId: string;
  environment: string;
  endpointKey: string | null;
  nodeId: string;
  trigger: 'webhook' | 'schedule' | 'manual' | 'api' | 'poll' | 'flow';
  /** Number of the lane, from 0; chosen by the caller, by the ordering key. */
  lane: number;
  orderingKey: string | null;
  /** The sender's id of this delivery; null = never a duplicate. */
  deliveryId: string | null;
  /** JSON text. */
  headers: string;
  body: string;
  contentType: string;
  test: boolean;
}

/** What became of an event. A duplicate carries the id and time of the event that was there first. */
export type AcceptedEvent =
  | { outcome: 'accepted'; eventId: string; receivedAt: Date; lane: number; seq: number; /** This lane must be rung, once. */ ring: boolean }
  | { outcome: 'duplicate'; eventId: string; receivedAt: Date };

interface Row {
  index: number;
  event_id: string;
  outcome: 'accepted' | 'duplicate';
  lane: number;
  seq: number;
  ring: boolean;
  received_at: Date;
}

const booleans = 1000;

/**
 * Takes a batch of events in, in one round trip: dedupe, order, store (functions/20-accept.sql says how). `sql` is a pool or, to ring the
 * lanes in the same commit, a transaction; call it once per transaction. Answers in the order of `events`.
 * Bodies must not contain U+0000, which Postgres text cannot hold (and JSON text never does).
 */
export async function acceptEvents(sql: SqlQueries, events: NewEvent[]): Promise<AcceptedEvent[]> {
  if (events.length === 0) return [];
  const rows = await sql<Row[]>`SELECT * FROM weft_accept(
    ${events.map((event) => event.id)}::uuid[], ${events.map((event) => event.partnerId)}::uuid[],
    ${events.map((event) => event.retailerId)}::uuid[], ${events.map((event) => event.flowId)}::uuid[],
    ${events.map((event) => event.environment)}::text[], ${events.map((event) => event.endpointKey)}::text[],
    ${events.map((event) => event.nodeId)}::text[], ${events.map((event) => event.trigger)}::text[],
    ${events.map((event) => event.lane)}::integer[], ${events.map((event) => event.orderingKey)}::text[],
    ${events.map((event) => event.deliveryId)}::text[], ${events.map((event) => event.headers)}::text[],
    ${events.map((event) => event.body)}::text[], ${events.map((event) => event.contentType)}::text[],
    ${sql.array(events.map((event) => event.test), booleans)}::boolean[])`;
  const answers = new Map(rows.map((row) => [row.index, answerOf(row)]));
  return events.map((event, index) => {
    const answer = answers.get(index + 1);
    if (!answer) throw new Error(`weft_accept gave no answer for event ${event.id}`);
    return answer;
  });
}

function answerOf(row: Row): AcceptedEvent {
  const common = { eventId: row.event_id, receivedAt: row.received_at };
  if (row.outcome === 'duplicate') return { outcome: 'duplicate', ...common };
  return { outcome: 'accepted', ...common, lane: row.lane, seq: row.seq, ring: row.ring };
}

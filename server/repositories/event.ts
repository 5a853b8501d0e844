import { and, desc, eq, sql } from 'drizzle-orm';
import { inbox } from '#drizzle/schema/index.ts';
import type { Tx } from '../database.ts';
import { owned } from '../tenancy/owned.ts';
import type { EventListItem } from '../views/event.ts';
import { environment } from './flow.ts';

const previewCharacters = 240;

export async function listEvents(tx: Tx, filter: { flowId: string; nodeId?: string; limit: number }): Promise<EventListItem[]> {
  const rows = await tx.db
    .select({
      id: inbox.id,
      nodeId: inbox.nodeId,
      receivedAt: inbox.receivedAt,
      trigger: inbox.trigger,
      deliveryId: inbox.deliveryId,
      preview: sql<string>`left(${inbox.body}, ${previewCharacters})`,
      size: sql<number>`octet_length(${inbox.body})`,
    })
    .from(inbox)
    .where(and(owned(tx, inbox), eq(inbox.flowId, filter.flowId), filter.nodeId === undefined ? undefined : eq(inbox.nodeId, filter.nodeId)))
    .orderBy(desc(inbox.receivedAt), desc(inbox.id))
    .limit(filter.limit);
  return rows.map((row) => ({ ...row, receivedAt: row.receivedAt.toISOString() }));
}

export interface EventRow {
  id: string;
  flowId: string;
  receivedAt: Date;
  deliveryId: string | null;
  body: string;
  /** JSON text. */
  headers: string;
}

const fields = { id: inbox.id, flowId: inbox.flowId, receivedAt: inbox.receivedAt, deliveryId: inbox.deliveryId, body: inbox.body, headers: inbox.headers };

const dayMs = 86_400_000;

/**
 * The inbox is cut by day, and an id alone would search every day there is. An event's id is a UUIDv7 and so begins with
 * the time it was made at, milliseconds before it was received: looking a day around that is one or two partitions.
 */
export async function findEvent(tx: Tx, eventId: string): Promise<EventRow | null> {
  const madeAt = Number.parseInt(eventId.replaceAll('-', '').slice(0, 12), 16);
  const from = new Date(madeAt - dayMs);
  const to = new Date(madeAt + dayMs);
  if (Number.isNaN(from.getTime()) || Number.isNaN(to.getTime())) return null;
  const [row] = await tx.db
    .select(fields)
    .from(inbox)
    .where(and(owned(tx, inbox), eq(inbox.id, eventId), sql`${inbox.receivedAt} between ${from.toISOString()}::timestamptz and ${to.toISOString()}::timestamptz`));
  return row ?? null;
}

/** The event of a run, addressed by its whole key. */
export async function findEventAt(tx: Tx, key: { eventId: string; receivedAt: Date }): Promise<EventRow | null> {
  const [row] = await tx.db
    .select(fields)
    .from(inbox)
    .where(and(owned(tx, inbox), eq(inbox.receivedAt, key.receivedAt), eq(inbox.id, key.eventId)));
  return row ?? null;
}

export interface NewEvent {
  id: string;
  retailerId: string;
  flowId: string;
  nodeId: string;
  trigger: 'manual' | 'api';
  lane: number;
  orderingKey: string | null;
  body: string;
}

/** Takes one event into its lane through the database's own function, as the ingress does. @returns whether the lane must be rung. */
export async function acceptEvent(tx: Tx, event: NewEvent): Promise<{ eventId: string; ring: boolean }> {
  const rows = await tx.db.execute<{ event_id: string; ring: boolean }>(sql`
    select event_id, ring from weft_accept(
      array[${event.id}]::uuid[], array[${tx.partnerId}]::uuid[], array[${event.retailerId}]::uuid[], array[${event.flowId}]::uuid[],
      array[${environment}]::text[], array[null]::text[], array[${event.nodeId}]::text[], array[${event.trigger}]::text[],
      array[${event.lane}]::integer[], array[${event.orderingKey}]::text[], array[null]::text[], array['{}']::text[],
      array[${event.body}]::text[], array['application/json']::text[], array[false]::boolean[])`);
  const row = rows[0];
  if (row === undefined) throw new Error('weft_accept answered no row for one event.');
  return { eventId: row.event_id, ring: row.ring };
}

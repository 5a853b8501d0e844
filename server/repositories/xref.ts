import { and, asc, desc, eq, inArray, or, sql } from 'drizzle-orm';
import { xref } from '#drizzle/schema/index.ts';
import type { Tx } from '../database.ts';
import { owned } from '../tenancy/owned.ts';
import type { XrefKind } from '../views/table.ts';

const fields = {
  id: xref.id,
  retailerId: xref.retailerId,
  entity: xref.entity,
  leftSystem: xref.leftSystem,
  leftId: xref.leftId,
  rightSystem: xref.rightSystem,
  rightId: xref.rightId,
  updatedAt: xref.updatedAt,
};

export interface XrefFilter {
  retailerId: string;
  entity?: string;
  /** One of the two systems. */
  system?: string;
  /** An id of either side, or its beginning. */
  search?: string;
}

/** By entity, systems and left id; the position is where the page before ended. */
export async function listXrefs(tx: Tx, query: { filter: XrefFilter; after: string | null; limit: number }) {
  const { filter } = query;
  const like = filter.search === undefined ? undefined : `${filter.search.replace(/[\\%_]/g, '\\$&')}%`;
  return tx.db
    .select(fields)
    .from(xref)
    .where(
      and(
        owned(tx, xref),
        eq(xref.retailerId, filter.retailerId),
        filter.entity === undefined ? undefined : eq(xref.entity, filter.entity),
        filter.system === undefined ? undefined : or(eq(xref.leftSystem, filter.system), eq(xref.rightSystem, filter.system)),
        like === undefined ? undefined : sql`(${xref.leftId} like ${like} or ${xref.rightId} like ${like})`,
        query.after === null ? undefined : sql`${xref.id} < ${query.after}::uuid`,
      ),
    )
    .orderBy(desc(xref.id))
    .limit(query.limit);
}

export async function listXrefKinds(tx: Tx, retailerId: string): Promise<XrefKind[]> {
  return tx.db
    .select({ entity: xref.entity, leftSystem: xref.leftSystem, rightSystem: xref.rightSystem, count: sql<number>`count(*)::int` })
    .from(xref)
    .where(and(owned(tx, xref), eq(xref.retailerId, retailerId)))
    .groupBy(xref.entity, xref.leftSystem, xref.rightSystem)
    .orderBy(asc(xref.entity), asc(xref.leftSystem), asc(xref.rightSystem));
}

export interface Pair {
  entity: string;
  leftSystem: string;
  leftId: string;
  rightSystem: string;
  rightId: string;
}

export async function insertXref(tx: Tx, row: Pair & { id: string; retailerId: string }): Promise<void> {
  await tx.db.insert(xref).values({ ...row, partnerId: tx.partnerId });
}

/** Writes pairs as a flow does: what either side had before gives way. @returns how many there are of them now */
export async function putXrefs(tx: Tx, retailerId: string, pairs: readonly (Pair & { id: string })[]): Promise<void> {
  if (pairs.length === 0) return;
  const column = (read: (pair: Pair & { id: string }) => string) => sql.param(pairs.map(read));
  const wanted = sql`
    select w.id, w.entity, w.ls as left_system, w.li as left_id, w.rs as right_system, w.ri as right_id from (
      select u.id, u.entity, least(u.ls collate "C", u.rs) as ls, case when u.ls collate "C" <= u.rs then u.li else u.ri end as li,
        greatest(u.ls collate "C", u.rs) as rs, case when u.ls collate "C" <= u.rs then u.ri else u.li end as ri
      from unnest(${column((p) => p.id)}::uuid[], ${column((p) => p.entity)}::text[], ${column((p) => p.leftSystem)}::text[], ${column((p) => p.leftId)}::text[],
        ${column((p) => p.rightSystem)}::text[], ${column((p) => p.rightId)}::text[]) as u (id, entity, ls, li, rs, ri)) w`;
  await tx.db.execute(sql`
    delete from xref x using (${wanted}) w where x.retailer_id = ${retailerId}::uuid and x.entity = w.entity and x.left_system = w.left_system
      and x.right_system = w.right_system and (x.left_id = w.left_id or x.right_id = w.right_id)`);
  await tx.db.execute(sql`
    insert into xref (partner_id, retailer_id, id, entity, left_system, left_id, right_system, right_id)
    select ${tx.partnerId}::uuid, ${retailerId}::uuid, w.id, w.entity, w.left_system, w.left_id, w.right_system, w.right_id from (${wanted}) w`);
}

export async function updateXref(tx: Tx, id: string, ids: { leftId: string; rightId: string }): Promise<void> {
  await tx.db.update(xref).set({ ...ids, updatedAt: new Date() }).where(and(owned(tx, xref), eq(xref.id, id)));
}

/** Locks them. @returns those that this scope may see */
export async function lockXrefs(tx: Tx, ids: readonly string[]): Promise<{ id: string; retailerId: string }[]> {
  return tx.db.select({ id: xref.id, retailerId: xref.retailerId }).from(xref).where(and(owned(tx, xref), inArray(xref.id, [...ids]))).for('update');
}

export async function deleteXrefs(tx: Tx, ids: readonly string[]): Promise<void> {
  await tx.db.delete(xref).where(and(owned(tx, xref), inArray(xref.id, [...ids])));
}

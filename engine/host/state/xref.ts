import { newId } from '../new-id.ts';
import type { StatePort } from '#engine/nodes/step.ts';
import type { AnySql, Sql } from '../database.ts';
import { pgTexts, pgArray } from '../pg-array.ts';
import type { Asking } from './state-run.ts';
import { transaction } from '../transaction.ts';

type GetRequest = Parameters<StatePort['xrefGet']>[0];
type PutRequest = Parameters<StatePort['xrefPut']>[0];

/** Ids are looked up by index; nothing that names a thing is longer. */
const LONGEST_ID = 500;
const fit = (id: string) => id.slice(0, LONGEST_ID);

/** For ids of one system, those of another: pairs lie with the system that sorts first on the left. */
export async function xrefGet(sql: AnySql, retailerId: string, { entity, from, to, entries }: GetRequest): Promise<(string | null)[]> {
  if (entries.length === 0) return [];
  const ids = [...new Set(entries.map((entry) => fit(entry.id)))];
  const rows = isOrdered(from, to)
    ? await sql<{ id: string; other: string }[]>`
        select left_id as id, right_id as other from xref
        where retailer_id = ${retailerId} and entity = ${entity} and left_system = ${from} and right_system = ${to} and left_id = any(${pgTexts(ids)}::text[])`
    : await sql<{ id: string; other: string }[]>`
        select right_id as id, left_id as other from xref
        where retailer_id = ${retailerId} and entity = ${entity} and right_system = ${from} and left_system = ${to} and right_id = any(${pgTexts(ids)}::text[])`;
  const others = new Map(rows.map((row) => [row.id, row.other]));
  return entries.map((entry) => others.get(fit(entry.id)) ?? null);
}

const TRIES = 3;

/** Writes pairs, over what either id was paired with before. */
export async function xrefPut({ run }: Asking, request: PutRequest, sql: Sql): Promise<void> {
  const turned = !isOrdered(request.left, request.right);
  const [left, right] = turned ? [request.right, request.left] : [request.left, request.right];
  // Later pairs win; an id of either side may be in one pair only.
  const byLeft = new Map<string, string>();
  const byRight = new Map<string, string>();
  for (const pair of request.pairs) {
    const [leftId, rightId] = turned ? [fit(pair.rightId), fit(pair.leftId)] : [fit(pair.leftId), fit(pair.rightId)];
    const [oldRight, oldLeft] = [byLeft.get(leftId), byRight.get(rightId)];
    if (oldRight !== undefined) byRight.delete(oldRight);
    if (oldLeft !== undefined) byLeft.delete(oldLeft);
    byLeft.set(leftId, rightId);
    byRight.set(rightId, leftId);
  }
  const pairs = [...byLeft];
  if (pairs.length === 0) return;
  const lefts = pgTexts(pairs.map(([id]) => id));
  const rights = pgTexts(pairs.map(([, id]) => id));
  const ids = pgArray(pairs.map(() => newId()));
  for (let tries = 1; ; tries += 1) {
    try {
      await transaction(sql, async (tx) => {
        // Writers of one kind of pair take turns: crosswise pairs would otherwise wait for each other until Postgres breaks it, a second each.
        await tx`select pg_advisory_xact_lock(hashtextextended(${`weft.xref.${run.retailerId}/${request.entity}/${left}/${right}`}, 0))`;
        await tx`
          delete from xref x using unnest(${lefts}::text[], ${rights}::text[]) as p (left_id, right_id)
          where x.retailer_id = ${run.retailerId} and x.entity = ${request.entity} and x.left_system = ${left} and x.right_system = ${right}
            and x.right_id = p.right_id and x.left_id <> p.left_id`;
        await tx`
          insert into xref as x (partner_id, retailer_id, id, entity, left_system, left_id, right_system, right_id)
          select ${run.partnerId}::uuid, ${run.retailerId}::uuid, p.id, ${request.entity}, ${left}, p.left_id, ${right}, p.right_id
          from unnest(${ids}::uuid[], ${lefts}::text[], ${rights}::text[]) as p (id, left_id, right_id)
          on conflict (retailer_id, entity, left_system, left_id, right_system) do update set right_id = excluded.right_id, updated_at = now()
          where x.right_id <> excluded.right_id`;
      });
      return;
    } catch (error) {
      // A person wrote a pair with one of these ids at the same moment: once more, over theirs.
      if (tries >= TRIES || !isClash(error)) throw error;
    }
  }
}

function isClash(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '23505';
}

/** By UTF-8 bytes, as the database's "C" collation sorts. */
function isOrdered(left: string, right: string): boolean {
  return Buffer.compare(Buffer.from(left), Buffer.from(right)) <= 0;
}

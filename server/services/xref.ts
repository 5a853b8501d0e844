import { uuidv7 } from 'uuidv7';
import type { Tx } from '../database.ts';
import { AppError } from '../errors/app-error.ts';
import { isUniqueViolation } from '../errors/database-errors.ts';
import * as xrefs from '../repositories/xref.ts';
import type { Pair, XrefFilter } from '../repositories/xref.ts';
import type { Scope } from '../tenancy/scope.ts';
import type { XrefKind, XrefPage } from '../views/table.ts';
import { requireRetailer } from './retailer.ts';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Pairs of ids, found from either side; the newest first. */
export function listXrefs(scope: Scope, query: XrefFilter & { cursor?: string | null; limit: number }): Promise<XrefPage> {
  return scope.read(async (tx) => {
    const { cursor, limit, ...filter } = query;
    await requireRetailer(tx, filter.retailerId);
    if (cursor && !uuid.test(cursor)) throw new AppError('invalid', { reason: 'cursor' });
    const found = await xrefs.listXrefs(tx, { filter: { ...filter, search: filter.search === '' ? undefined : filter.search }, after: cursor ?? null, limit: limit + 1 });
    const items = found.slice(0, limit).map(({ retailerId: _retailerId, updatedAt, ...row }) => ({ ...row, updatedAt: updatedAt.toISOString() }));
    return { items, nextCursor: found.length > limit ? (items.at(-1)?.id ?? null) : null };
  });
}

export function listXrefKinds(scope: Scope, retailerId: string): Promise<XrefKind[]> {
  return scope.read(async (tx) => {
    await requireRetailer(tx, retailerId);
    return xrefs.listXrefKinds(tx, retailerId);
  });
}

/** @throws AppError `conflict` with reason `pair_taken` when either id already means something else there */
export function addXref(scope: Scope, input: Pair & { retailerId: string }): Promise<{ id: string }> {
  refuseOneSystem([input]);
  const id = uuidv7();
  return refusingTakenPair(() =>
    scope.write(async (tx) => {
      await requireRetailer(tx, input.retailerId);
      await xrefs.insertXref(tx, { ...input, id });
      scope.note({ xrefId: id });
      return { id };
    }),
  );
}

export function changeXref(scope: Scope, input: { xrefId: string; leftId: string; rightId: string }): Promise<{ id: string }> {
  return refusingTakenPair(() =>
    scope.write(async (tx) => {
      await requireXrefs(tx, [input.xrefId]);
      await xrefs.updateXref(tx, input.xrefId, input);
      return { id: input.xrefId };
    }),
  );
}

export function removeXrefs(scope: Scope, xrefIds: string[]): Promise<{ count: number }> {
  return scope.write(async (tx) => {
    await requireXrefs(tx, xrefIds);
    await xrefs.deleteXrefs(tx, xrefIds);
    return { count: xrefIds.length };
  });
}

/**
 * Takes many pairs at once; a pair that is known, by either id, is written over, as a flow would. All of them or none.
 * @throws AppError `invalid` with the line of an id that stands there twice
 */
export function importXrefs(scope: Scope, input: { retailerId: string; pairs: Pair[] }): Promise<{ count: number }> {
  refuseOneSystem(input.pairs);
  refuseTwice(input.pairs);
  return scope.write(async (tx) => {
    await requireRetailer(tx, input.retailerId);
    await xrefs.putXrefs(tx, input.retailerId, input.pairs.map((pair) => ({ ...pair, id: uuidv7() })));
    scope.note({ count: input.pairs.length });
    return { count: input.pairs.length };
  });
}

async function requireXrefs(tx: Tx, ids: readonly string[]): Promise<void> {
  const wanted = new Set(ids);
  if ((await xrefs.lockXrefs(tx, [...wanted])).length < wanted.size) throw new AppError('not_found', { reason: 'xref' });
}

function refuseOneSystem(pairs: readonly Pair[]): void {
  const at = pairs.findIndex((pair) => pair.leftSystem === pair.rightSystem);
  if (at >= 0) throw new AppError('invalid', { reason: 'one_system', line: at + 1 });
}

function refuseTwice(pairs: readonly Pair[]): void {
  const seen = new Set<string>();
  for (const [at, { entity, leftSystem, leftId, rightSystem, rightId }] of pairs.entries()) {
    for (const side of [[leftSystem, leftId, rightSystem], [rightSystem, rightId, leftSystem]]) {
      const name = JSON.stringify([entity, ...side]);
      if (seen.has(name)) throw new AppError('invalid', { reason: 'id_twice', line: at + 1 });
      seen.add(name);
    }
  }
}

async function refusingTakenPair<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (isUniqueViolation(error, 'xref_left_key') || isUniqueViolation(error, 'xref_right_key')) throw new AppError('conflict', { reason: 'pair_taken' });
    throw error;
  }
}

import type { Tx } from '../database.ts';
import { AppError } from '../errors/app-error.ts';
import * as retailers from '../repositories/retailer.ts';
import type { Scope } from '../tenancy/scope.ts';
import type { RetailerListItem, RetailerView } from '../views/retailer.ts';

export function listRetailers(scope: Scope): Promise<RetailerListItem[]> {
  return scope.read((tx) => retailers.listRetailers(tx));
}

export function getRetailer(scope: Scope, retailerId: string): Promise<RetailerView> {
  return scope.read((tx) => requireRetailer(tx, retailerId));
}

/** How many runs of this retailer may be under way at the same time, so that its flood leaves room for the others. */
export function setConcurrency(scope: Scope, input: { retailerId: string; concurrency: number | null }): Promise<{ id: string }> {
  return scope.write(async (tx) => {
    const retailer = await requireRetailer(tx, input.retailerId);
    scope.note({ before: retailer.concurrency });
    await retailers.setConcurrency(tx, retailer.id, input.concurrency);
    return { id: retailer.id };
  });
}

/** @throws AppError `not_found`, in the same words for a retailer that does not exist and for one of somebody else. */
export async function requireRetailer(tx: Tx, retailerId: string): Promise<RetailerView> {
  const retailer = await retailers.findRetailer(tx, retailerId);
  if (retailer === null) throw new AppError('not_found', { reason: 'retailer' });
  return retailer;
}

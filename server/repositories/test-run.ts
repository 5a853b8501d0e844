import { and, eq } from 'drizzle-orm';
import { testRun } from '#drizzle/schema/index.ts';
import type { Tx } from '../database.ts';
import { owned } from '../tenancy/owned.ts';
import type { TestState } from '../views/test.ts';

export interface NewTestRun {
  id: string;
  retailerId: string;
  flowId: string;
  doc: string;
  triggerNodeId: string;
  body: string;
  /** JSON text. */
  headers: string;
  sendWrites: boolean;
  untilNodeId?: string | null;
  onlyNodeId?: string | null;
  createdBy: string;
}

export async function insertTestRun(tx: Tx, row: NewTestRun): Promise<void> {
  await tx.db.insert(testRun).values({ ...row, partnerId: tx.partnerId, state: 'queued' });
}

export async function findTestRun(tx: Tx, id: string): Promise<{ state: TestState; triggerNodeId: string; result: string | null } | null> {
  const [row] = await tx.db
    .select({ state: testRun.state, triggerNodeId: testRun.triggerNodeId, result: testRun.result })
    .from(testRun)
    .where(and(owned(tx, testRun), eq(testRun.id, id)));
  return row ?? null;
}

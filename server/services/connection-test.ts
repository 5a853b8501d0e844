import { setTimeout as wait } from 'node:timers/promises';
import { uuidv7 } from 'uuidv7';
import { z } from 'zod';
import { findTestRun, insertTestRun } from '../repositories/test-run.ts';
import type { Scope } from '../tenancy/scope.ts';
import type { ConnectionTestView } from '../views/connection.ts';
import { requireConnection } from './connection.ts';

const answerSchema = z.object({
  ok: z.boolean(),
  status: z.number().optional(),
  code: z.string().optional(),
  message: z.string().optional(),
  durationMs: z.number().optional(),
});

const longestWaitMs = 10_000;
const pollMs = 100;

/**
 * Asks the engine to call the connection's base URL with its credential, and waits for the answer up to ten seconds.
 * This process has neither the secret nor a way out; a vendor's refusal is an answer (`ok: false`), not an error.
 */
export async function testConnection(scope: Scope, connectionId: string): Promise<ConnectionTestView> {
  const started = performance.now();
  const testRunId = uuidv7();
  await scope.write(async (tx) => {
    const connection = await requireConnection(tx, connectionId);
    await insertTestRun(tx, {
      id: testRunId,
      retailerId: connection.retailerId,
      flowId: connectionId,
      triggerNodeId: `connection:${connectionId}`,
      doc: '',
      body: '',
      headers: '{}',
      sendWrites: false,
      createdBy: scope.actor.id,
    });
    await scope.runtime.doorbells.testConnection(tx, { testRunId });
  });
  for (;;) {
    const durationMs = Math.round(performance.now() - started);
    const row = await scope.read((tx) => findTestRun(tx, testRunId));
    if (row?.state === 'done' || row?.state === 'failed') return readAnswer(row.result, durationMs);
    if (durationMs > longestWaitMs) return { ok: false, code: 'engine_unavailable', durationMs };
    await wait(pollMs);
  }
}

function readAnswer(result: string | null, durationMs: number): ConnectionTestView {
  try {
    return { durationMs, ...answerSchema.parse(JSON.parse(result ?? '')) };
  } catch {
    return { ok: false, code: 'internal', durationMs };
  }
}

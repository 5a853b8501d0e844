import { uuidv7 } from 'uuidv7';
import type { Tx } from '../database.ts';
import { AppError } from '../errors/app-error.ts';
import { findEvent } from '../repositories/event.ts';
import { findTestRun, insertTestRun } from '../repositories/test-run.ts';
import type { Scope } from '../tenancy/scope.ts';
import type { TestResult, TestView } from '../views/test.ts';
import { checkBody, checkConnections, readDocument } from './flow-document.ts';
import { requireFlow } from './flow.ts';

export interface TestInput {
  flowId: string;
  docText: string;
  triggerNodeId: string;
  bodyText?: string;
  eventId?: string;
  sendWrites: boolean;
  /** Stop behind this node. */
  untilNodeId?: string;
  /** This node alone; the body is the record that arrives there. */
  onlyNodeId?: string;
}

/**
 * Asks the engine to run a document that need not be saved, on a pasted body or on a past event of the same flow.
 * Writes are held back there unless `sendWrites`.
 * @throws AppError `not_found` for an event of another flow, `invalid` for a trigger or step that the document has not.
 */
export async function startTest(scope: Scope, input: TestInput): Promise<{ testRunId: string }> {
  const doc = readDocument(input.docText);
  if (!doc.nodes.some((node) => node.id === input.triggerNodeId)) throw new AppError('invalid', { reason: 'no_trigger', nodeId: input.triggerNodeId });
  for (const nodeId of [input.untilNodeId, input.onlyNodeId]) {
    if (nodeId !== undefined && !doc.nodes.some((node) => node.id === nodeId)) throw new AppError('invalid', { reason: 'no_node', nodeId });
  }
  const id = uuidv7();
  return scope.write(async (tx) => {
    const flow = await requireFlow(tx, input.flowId);
    await checkConnections(tx, flow.retailerId, doc);
    const sample = await sampleOf(tx, input);
    await insertTestRun(tx, {
      id,
      retailerId: flow.retailerId,
      flowId: flow.id,
      doc: input.docText,
      triggerNodeId: input.triggerNodeId,
      ...sample,
      sendWrites: input.sendWrites,
      untilNodeId: input.untilNodeId ?? null,
      onlyNodeId: input.onlyNodeId ?? null,
      createdBy: scope.actor.id,
    });
    await scope.runtime.doorbells.startTest(tx, { testRunId: id });
    scope.note({ testRunId: id });
    return { testRunId: id };
  });
}

export async function getTest(scope: Scope, testRunId: string): Promise<TestView> {
  const row = await scope.read((tx) => findTestRun(tx, testRunId));
  // Connection tests share the table, but have their own door.
  if (row === null || row.triggerNodeId.startsWith('connection:')) throw new AppError('not_found', { reason: 'test' });
  return { state: row.state, result: row.result === null ? null : readResult(row.result) };
}

async function sampleOf(tx: Tx, input: TestInput): Promise<{ body: string; headers: string }> {
  if (input.eventId !== undefined) {
    const event = await findEvent(tx, input.eventId);
    if (event === null || event.flowId !== input.flowId) throw new AppError('not_found', { reason: 'event' });
    return { body: event.body, headers: event.headers };
  }
  const body = input.bodyText === undefined || input.bodyText.trim() === '' ? '{}' : input.bodyText;
  checkBody(body);
  return { body, headers: '{}' };
}

/** The engine's own words, kept as they are: payloads in it are text, so no digit of an order passes through here. */
function readResult(text: string): TestResult {
  const read: TestResult = JSON.parse(text);
  return read;
}

import { parseJson, stringifyJson } from '#engine/flow/json.ts';
import { AppError } from '../errors/app-error.ts';
import { findEventAt } from '../repositories/event.ts';
import { findRun } from '../repositories/run.ts';
import { correctionsOf, exchangesOf, outputCountsOf, payloadsOf } from '../repositories/step.ts';
import type { ExchangeRow } from '../repositories/step.ts';
import type { Scope } from '../tenancy/scope.ts';
import type { CallView, RunStepDetail } from '../views/run.ts';
import { readDocument } from './flow-document.ts';
import { readHeaders } from './headers.ts';
import { createRunRecords } from './run-records.ts';
import type { Filled } from './run-records.ts';

/**
 * What went into one step of one attempt, what came out, and what was said to the outside. Payloads live shorter than
 * runs, and the largest are not kept whole: what is gone is not there.
 */
export async function getRunStep(scope: Scope, input: { runId: string; nodeId: string; attempt: number }): Promise<RunStepDetail> {
  const { run, event, payloads, counts, corrections, exchanges } = await scope.read(async (tx) => {
    const run = await findRun(tx, input.runId);
    if (run === null) throw new AppError('not_found', { reason: 'run' });
    return {
      run,
      event: await findEventAt(tx, { eventId: run.eventId, receivedAt: run.eventReceivedAt }),
      payloads: await payloadsOf(tx, input.runId, input.attempt),
      counts: await outputCountsOf(tx, input.runId, input.attempt),
      corrections: await correctionsOf(tx, input.runId, input.attempt),
      exchanges: await exchangesOf(tx, input),
    };
  });
  const doc = readDocument(run.docText);
  if (!doc.nodes.some((node) => node.id === input.nodeId)) throw new AppError('not_found', { reason: 'node' });
  const records = createRunRecords({ doc, triggerNodeId: run.triggerNodeId, body: event === null ? null : parseJson(event.body), payloads, counts, corrections: corrections.map(({ dataText, ...at }) => (dataText === null ? at : { ...at, data: parseJson(dataText) })) });
  const arrived = records.inputOf(input.nodeId);
  return {
    inputText: write(arrived),
    outputText: write(records.outputOf(input.nodeId)),
    outputLeftOut: records.leftOutOf(input.nodeId),
    inputInPart: records.arrivedInPart(input.nodeId),
    calls: exchanges.map((exchange) => toCall(exchange, arrived)),
  };
}

function write(filled: Filled): string {
  return stringifyJson(Object.fromEntries(Object.entries(filled).map(([port, records]) => [port, records.map((record) => ({ ...record }))])));
}

/** A request body that was the record itself is not stored twice. */
function toCall(exchange: ExchangeRow, arrived: Filled): CallView {
  const { requestBody, requestHeaders, responseBody, responseHeaders, startedAt, ...rest } = exchange;
  const record = Object.values(arrived).flat().find((candidate) => candidate.key === exchange.recordKey);
  const sentNothing = ['GET', 'HEAD', 'DELETE'].includes(exchange.method.toUpperCase());
  return {
    ...rest,
    requestHeaders: readHeaders(requestHeaders),
    requestText: requestBody ?? (record?.data === undefined || sentNothing ? null : stringifyJson(record.data)),
    responseHeaders: readHeaders(responseHeaders),
    responseText: responseBody,
    startedAt: startedAt.toISOString(),
  };
}

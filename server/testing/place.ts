import { uuidv7 } from 'uuidv7';
import { emptyDocument } from '#engine/flow/document.ts';
import type { FlowDocument, FlowNode } from '#engine/flow/document.ts';
import { hashFlow } from '#engine/flow/hash.ts';
import { stringifyJson } from '#engine/flow/json.ts';
import { findNodeKind } from '#engine/nodes/registry.ts';
import * as schema from '#drizzle/schema/index.ts';
import type { OwnerDb } from './world.ts';

/** One of everything a retailer can have, by id. */
export interface Place {
  partnerId: string;
  retailerId: string;
  /** Stands in every text of this place, so that a leak is found by looking for it. */
  marker: string;
  connectionId: string;
  flowId: string;
  versionId: string;
  eventId: string;
  runId: string;
  testRunId: string;
  exceptionId: string;
  replayId: string;
  approvalId: string;
  tableId: string;
  xrefId: string;
  sampleId: string;
  doc: FlowDocument;
}

/** By hand → call → call: publishable, and both calls name the connection. */
export function sampleDocument(connectionId: string, marker: string): FlowDocument {
  const request = { connectionId, url: '/orders' };
  return {
    ...emptyDocument(),
    nodes: [
      makeNode('start', 'manual-trigger', { label: `Start ${marker}` }),
      makeNode('keep', 'filter', { label: 'Keep', config: { rules: { match: 'all', rules: [{ path: 'id', operator: 'exists', value: null }] } } }),
      makeNode('send', 'http-request', { label: `Send ${marker}`, config: request }),
    ],
    edges: [
      { id: 'e1', from: { node: 'start', port: 'out' }, to: { node: 'keep', port: 'in' } },
      { id: 'e2', from: { node: 'keep', port: 'kept' }, to: { node: 'send', port: 'in' } },
    ],
  };
}

/** A node with the initial configuration of its kind, changed where `config` says so. */
export function makeNode(id: string, kind: string, options: { label?: string; config?: Record<string, unknown> } = {}): FlowNode {
  const found = findNodeKind(kind);
  if (found === undefined) throw new Error(`There is no node kind ${kind}.`);
  const config: FlowNode['config'] = JSON.parse(JSON.stringify({ ...Object(found.initial()), ...options.config }));
  return { id, kind, kindVersion: found.version, label: options.label ?? id, position: { x: 0, y: 0 }, config };
}

/** An order as it comes in: the first number is beyond what a double holds. */
export function sampleBody(marker: string): string {
  return `{"id":820982911946154508,"total":"19.90","weight":0.10000000000000000555,"name":"${marker}"}`;
}

/** Makes a retailer with a live flow that has run once and failed, straight in the database. */
export async function makePlace(db: OwnerDb, partnerId: string, marker: string): Promise<Place> {
  const retailerId = uuidv7();
  const tenant = { partnerId, retailerId };
  await db.insert(schema.retailer).values({ partnerId, id: retailerId, name: `Retailer ${marker}`, slug: marker.toLowerCase() });
  return makeContent(db, { ...tenant, marker });
}

/** A connection, a live flow, an event and a failed run more, in a retailer that is there. */
export async function makeContent(db: OwnerDb, at: { partnerId: string; retailerId: string; marker: string }): Promise<Place> {
  const { partnerId, retailerId, marker } = at;
  const tenant = { partnerId, retailerId };
  const [exceptionId, replayId, approvalId, tableId, xrefId, sampleId] = [uuidv7(), uuidv7(), uuidv7(), uuidv7(), uuidv7(), uuidv7()];
  const [connectionId, flowId, versionId, eventId, runId, testRunId] = [uuidv7(), uuidv7(), uuidv7(), uuidv7(), uuidv7(), uuidv7()];
  const doc = sampleDocument(connectionId, marker);
  const docText = stringifyJson(doc);
  const at0 = new Date();
  await db.insert(schema.connection).values({ ...tenant, id: connectionId, name: `System ${marker} ${connectionId}`, baseUrl: `https://${marker.toLowerCase()}.example/api` });
  await db.insert(schema.flow).values({ ...tenant, id: flowId, name: `Flow ${marker}` });
  await db.insert(schema.flowDraft).values({ ...tenant, flowId, doc: docText });
  await db.insert(schema.flowVersion).values({ ...tenant, flowId, id: versionId, number: 1, doc: docText, hash: await hashFlow(doc), note: marker });
  await db.insert(schema.liveVersion).values({ ...tenant, flowId, versionId });
  await db.insert(schema.endpoint).values({ ...tenant, key: uuidv7().replaceAll('-', ''), flowId, nodeId: 'start' });
  await db.insert(schema.inbox).values({
    ...tenant, receivedAt: at0, id: eventId, flowId, environment: 'production', nodeId: 'start', trigger: 'manual', lane: 0, seq: 1,
    deliveryId: `delivery-${marker}`, headers: JSON.stringify({ 'x-from': marker }), body: sampleBody(marker), contentType: 'application/json',
  });
  await db.insert(schema.run).values({
    ...tenant, id: runId, flowId, versionId, versionNumber: 1, eventId, eventReceivedAt: at0, nodeId: 'start', trigger: 'manual', state: 'failed',
    startedAt: at0, finishedAt: at0, durationMs: 12, recordsIn: 1, recordsFailed: 1, businessKeys: [`#${marker}-1001`], failureClass: 'data',
    failureCode: 'http_status', failureMessage: `${marker} said no`,
  });
  const step = { ...tenant, runId, attempt: 1, startedAt: at0, recordsIn: 1 };
  await db.insert(schema.step).values([
    { ...step, nodeId: 'start', state: 'succeeded', recordsOut: 1, outputs: { out: 1 } },
    { ...step, nodeId: 'keep', state: 'succeeded', recordsOut: 1, outputs: { kept: 1 }, logs: `one ${marker}\ntwo` },
    { ...step, nodeId: 'send', state: 'failed', recordsFailed: 1 },
  ]);
  await db.insert(schema.payload).values([
    { ...tenant, runId, attempt: 1, nodeId: 'start', body: '{"out":[{"key":"0"}]}' },
    { ...tenant, runId, attempt: 1, nodeId: 'keep', body: '{"kept":[{"key":"0"}]}' },
  ]);
  await db.insert(schema.exchange).values({
    ...tenant, runId, nodeId: 'send', recordKey: '0', attempt: 1, connectionId, method: 'POST', url: `https://${marker.toLowerCase()}.example/api/orders`,
    status: 422, responseBody: `{"error":"${marker}"}`, failureClass: 'data', failureCode: 'http_status', startedAt: at0, durationMs: 7,
  });
  await db.insert(schema.exception).values({
    ...tenant, id: exceptionId, flowId, runId, nodeId: 'send', recordKey: '0', class: 'data', code: 'http_status', message: `${marker} said no`, data: sampleBody(marker),
  });
  await db.insert(schema.replay).values({ partnerId, id: replayId, mode: 'step', perSecond: 10, total: 1, note: marker });
  await db.insert(schema.replayItem).values({ ...tenant, replayId, runId, position: 1 });
  await db.insert(schema.approval).values({
    ...tenant, id: approvalId, flowId, runId, nodeId: 'keep', recordKey: '0', title: `Refund ${marker}?`, detail: marker, data: sampleBody(marker),
    timeoutAt: new Date(at0.getTime() + 3_600_000),
  });
  await db.insert(schema.checkpoint).values({ ...tenant, flowId, environment: 'production', name: 'start', version: 1, value: `"${marker}"`, setBy: 'engine', runId });
  await db.insert(schema.lookupTable).values({ ...tenant, id: tableId, name: `Table ${marker} ${tableId}`, rows: `[{"key":"DE","value":"${marker}"}]` });
  await db.insert(schema.xref).values({ ...tenant, id: xrefId, entity: 'order', leftSystem: 'erp', leftId: `${marker}-${xrefId}`, rightSystem: 'shop', rightId: `#${marker}-${xrefId}` });
  await db.insert(schema.sample).values({ ...tenant, id: sampleId, flowId, nodeId: 'start', name: `Sample ${marker}`, body: sampleBody(marker), eventId });
  await db.insert(schema.testRun).values({ ...tenant, id: testRunId, flowId, doc: docText, triggerNodeId: 'start', state: 'done', result: JSON.stringify({ state: 'succeeded', durationMs: 1, steps: [], marker }) });
  return { ...tenant, marker, connectionId, flowId, versionId, eventId, runId, testRunId, exceptionId, replayId, approvalId, tableId, xrefId, sampleId, doc };
}

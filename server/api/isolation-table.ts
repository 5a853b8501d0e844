import { stringifyJson } from '#engine/flow/json.ts';
import { sampleBody } from '../testing/place.ts';
import type { Place } from '../testing/place.ts';

/**
 * Who may do what, said a second time and in other words than the permission table, so that a slip there is noticed here.
 * - `anybody`: needs nobody signed in
 * - `own list`: takes no target; everybody signed in gets what is theirs
 * - `viewers`: aims at one retailer's things; staff of its partner and its own viewers
 * - `staff`: the same without viewers
 * - `staff list`: takes no target; staff gets what is the partner's, viewers are refused
 */
export type Audience = 'anybody' | 'own list' | 'viewers' | 'staff' | 'staff list';

export interface IsolationCase {
  audience: Audience;
  /** Input that aims at this place. Called with a fresh place each time, for a mutation uses it up. */
  input?(place: Place): Record<string, unknown>;
}

/** Every procedure of the router stands here; the test fails when one is missing. */
export const isolationTable: Record<string, IsolationCase> = {
  'session.me': { audience: 'own list' },
  'session.setLocale': { audience: 'anybody', input: () => ({ locale: 'de' }) },

  'retailer.list': { audience: 'own list' },
  'retailer.get': { audience: 'viewers', input: ({ retailerId }) => ({ retailerId }) },
  'retailer.setConcurrency': { audience: 'staff', input: ({ retailerId }) => ({ retailerId, concurrency: 20 }) },

  'connection.list': { audience: 'staff', input: ({ retailerId }) => ({ retailerId }) },
  'connection.find': { audience: 'staff list' },
  'connection.create': { audience: 'staff', input: ({ retailerId, flowId }) => ({ retailerId, ...connectionFields(`new ${flowId}`) }) },
  'connection.update': { audience: 'staff', input: ({ connectionId, flowId }) => ({ connectionId, ...connectionFields(`changed ${flowId}`) }) },
  // In use by the place's own flow, so even who may is refused; that it is gone otherwise is tested with the service.
  'connection.remove': { audience: 'staff', input: ({ connectionId }) => ({ connectionId }) },
  'connection.pause': { audience: 'staff', input: ({ connectionId }) => ({ connectionId, note: 'Maintenance' }) },
  'connection.resume': { audience: 'staff', input: ({ connectionId }) => ({ connectionId }) },
  'connection.test': { audience: 'staff', input: ({ connectionId }) => ({ connectionId }) },

  'flow.list': { audience: 'viewers', input: ({ retailerId }) => ({ retailerId }) },
  'flow.get': { audience: 'viewers', input: ({ flowId }) => ({ flowId }) },
  'flow.create': { audience: 'staff', input: ({ retailerId, doc }) => ({ retailerId, name: 'New', docText: stringifyJson(doc) }) },
  'flow.rename': { audience: 'staff', input: ({ flowId }) => ({ flowId, name: 'Renamed' }) },
  'flow.archive': { audience: 'staff', input: ({ flowId }) => ({ flowId }) },
  'flow.saveDraft': { audience: 'staff', input: ({ flowId, doc }) => ({ flowId, revision: 1, docText: stringifyJson(doc) }) },
  'flow.restore': { audience: 'staff', input: ({ flowId, versionId }) => ({ flowId, versionId, revision: 1 }) },
  'flow.publish': { audience: 'staff', input: ({ flowId }) => ({ flowId, revision: 1, activate: true }) },
  'flow.activate': { audience: 'staff', input: ({ flowId, versionId }) => ({ flowId, versionId }) },
  'flow.deactivate': { audience: 'staff', input: ({ flowId }) => ({ flowId }) },
  'flow.hold': { audience: 'staff', input: ({ flowId }) => ({ flowId, reason: 'Stocktaking' }) },
  'flow.resume': { audience: 'staff', input: ({ flowId }) => ({ flowId, drainPerSecond: 10 }) },
  'flow.versions': { audience: 'viewers', input: ({ flowId }) => ({ flowId }) },
  'flow.version': { audience: 'viewers', input: ({ versionId }) => ({ versionId }) },

  'event.list': { audience: 'staff', input: ({ flowId }) => ({ flowId }) },
  'event.get': { audience: 'staff', input: ({ eventId }) => ({ eventId }) },
  'event.waiting': { audience: 'viewers', input: ({ runId }) => ({ runId }) },
  'event.waitingList': { audience: 'staff', input: ({ flowId }) => ({ flowId }) },
  'event.send': { audience: 'staff', input: ({ flowId, marker }) => ({ flowId, bodyText: sampleBody(marker) }) },

  'sample.list': { audience: 'staff', input: ({ flowId }) => ({ flowId }) },
  'sample.recent': { audience: 'staff', input: ({ flowId }) => ({ flowId, nodeId: 'start' }) },
  'sample.pin': { audience: 'staff', input: ({ flowId, eventId, sampleId, marker }) => ({ flowId, eventId, nodeId: 'start', name: `New ${sampleId}`, bodyText: sampleBody(marker) }) },
  'sample.rename': { audience: 'staff', input: ({ sampleId }) => ({ sampleId, name: `Renamed ${sampleId}` }) },
  'sample.remove': { audience: 'staff', input: ({ sampleId }) => ({ sampleId }) },

  'test.start': {
    audience: 'staff',
    input: ({ flowId, eventId, doc }) => ({ flowId, eventId, docText: stringifyJson(doc), triggerNodeId: 'start', sendWrites: false }),
  },
  'test.get': { audience: 'staff', input: ({ testRunId }) => ({ testRunId }) },

  'presence.beat': { audience: 'staff', input: ({ flowId }) => ({ flowId, tab: flowId, nodeId: 'send', editing: true }) },
  'presence.leave': { audience: 'staff', input: ({ flowId }) => ({ flowId, tab: flowId }) },

  'run.list': { audience: 'viewers', input: ({ retailerId, flowId }) => ({ retailerId, flowId }) },
  'run.get': { audience: 'viewers', input: ({ runId }) => ({ runId }) },
  'run.step': { audience: 'viewers', input: ({ runId }) => ({ runId, nodeId: 'send', attempt: 1 }) },
  'run.retryPreview': { audience: 'staff', input: ({ runId }) => ({ runId, mode: 'newest' }) },
  'run.retry': { audience: 'staff', input: ({ runId }) => ({ runId }) },
  'run.live': { audience: 'own list' },

  'replay.preview': { audience: 'staff', input: ({ retailerId, flowId }) => ({ retailerId, flowId, mode: 'start' }) },
  'replay.start': { audience: 'staff', input: ({ retailerId, flowId }) => ({ retailerId, flowId, mode: 'step', expected: 10 }) },
  'replay.list': { audience: 'staff list' },
  'replay.get': { audience: 'staff', input: ({ replayId }) => ({ replayId }) },
  'replay.cancel': { audience: 'staff', input: ({ replayId }) => ({ replayId }) },

  'exception.list': { audience: 'viewers', input: ({ retailerId, flowId }) => ({ retailerId, flowId }) },
  'exception.causes': { audience: 'viewers', input: ({ retailerId, flowId }) => ({ retailerId, flowId }) },
  'exception.count': { audience: 'own list' },
  'exception.get': { audience: 'viewers', input: ({ exceptionId }) => ({ exceptionId }) },
  'exception.assign': { audience: 'staff', input: ({ exceptionId }) => ({ exceptionIds: [exceptionId], to: 'nobody' }) },
  'exception.note': { audience: 'staff', input: ({ exceptionId }) => ({ exceptionId, text: 'Asked the vendor' }) },
  'exception.resolve': { audience: 'staff', input: ({ exceptionId }) => ({ exceptionIds: [exceptionId], reason: 'not_needed' }) },
  'exception.reopen': { audience: 'staff', input: ({ exceptionId }) => ({ exceptionId }) },
  'exception.editAndRetry': { audience: 'staff', input: ({ exceptionId, marker }) => ({ exceptionId, dataText: sampleBody(marker) }) },
  'exception.retryMany': { audience: 'staff', input: ({ exceptionId }) => ({ exceptionIds: [exceptionId] }) },

  'approval.list': { audience: 'staff', input: ({ retailerId }) => ({ retailerId }) },
  'approval.count': { audience: 'staff list' },
  'approval.get': { audience: 'staff', input: ({ approvalId }) => ({ approvalId }) },
  'approval.decide': { audience: 'staff', input: ({ approvalId }) => ({ approvalId, decision: 'approved' }) },

  'checkpoint.list': { audience: 'staff', input: ({ flowId }) => ({ flowId }) },
  'checkpoint.history': { audience: 'staff', input: ({ flowId }) => ({ flowId, name: 'start' }) },
  'checkpoint.set': { audience: 'staff', input: ({ flowId }) => ({ flowId, name: 'start', valueText: '"2026-01-01"', note: 'Read January again' }) },

  'table.list': { audience: 'staff', input: ({ retailerId }) => ({ retailerId }) },
  'table.get': { audience: 'staff', input: ({ tableId }) => ({ tableId }) },
  'table.create': { audience: 'staff', input: ({ retailerId, tableId }) => ({ retailerId, name: `New ${tableId}`, columns: ['value'], rows: [['a', '1']] }) },
  // Aims at a state of the table that is over: who may is told so.
  'table.save': { audience: 'staff', input: ({ tableId }) => ({ tableId, updatedAt: '2026-01-01T00:00:00Z', name: 'Countries', columns: ['value'], rows: [] }) },
  'table.remove': { audience: 'staff', input: ({ tableId }) => ({ tableId }) },
  'xref.list': { audience: 'staff', input: ({ retailerId }) => ({ retailerId }) },
  'xref.kinds': { audience: 'staff', input: ({ retailerId }) => ({ retailerId }) },
  'xref.add': { audience: 'staff', input: ({ retailerId, xrefId }) => ({ retailerId, ...pairOf(xrefId) }) },
  'xref.change': { audience: 'staff', input: ({ xrefId }) => ({ xrefId, leftId: `E-${xrefId}`, rightId: `S-${xrefId}` }) },
  'xref.remove': { audience: 'staff', input: ({ xrefId }) => ({ xrefIds: [xrefId] }) },
  'xref.import': { audience: 'staff', input: ({ retailerId, xrefId }) => ({ retailerId, pairs: [pairOf(`i${xrefId}`)] }) },
};

/** What even who may do it is told about the place as it is made; everything else succeeds. */
export const refusedForAll: Record<string, string> = { 'connection.remove': 'conflict', 'table.save': 'conflict' };

function connectionFields(name: string): Record<string, unknown> {
  return { name, baseUrl: 'https://vendor.example', authKind: 'bearer', authConfig: {}, secret: 'a secret', webhookSecret: 'another' };
}

function pairOf(id: string): Record<string, unknown> {
  return { entity: 'customer', leftSystem: 'shop', leftId: `s${id}`, rightSystem: 'erp', rightId: `e${id}` };
}

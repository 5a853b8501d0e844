import { JsonError, parseJson } from '#engine/flow/json.ts';
import { readFlow } from '#engine/flow/read-flow.ts';
import type { FlowDocument } from '#engine/flow/document.ts';
import type { Json } from '#engine/flow/json.ts';
import type { Tx } from '../database.ts';
import { AppError } from '../errors/app-error.ts';
import { connectionIdsOf, listConnections } from '../repositories/connection.ts';
import { listFlowNames } from '../repositories/flow.ts';
import { listTableNames } from '../repositories/table.ts';
import type { CheckScope } from '#engine/flow/problem.ts';
import type { Actor } from '../auth/actor.ts';

/** @throws AppError `invalid`: `reason` is `json` or `document`, with what the reader found. */
export function readDocument(docText: string): FlowDocument {
  const read = readFlow(parseText(docText, 'json'));
  if (!read.ok) throw new AppError('invalid', { reason: 'document', error: read.error });
  return read.doc;
}

/** @throws AppError `invalid` when the text of an event is not JSON or breaks the limits that the ingress keeps, too. */
export function checkBody(bodyText: string): Json {
  return parseText(bodyText, 'body');
}

function parseText(text: string, reason: 'json' | 'body'): Json {
  try {
    return parseJson(text);
  } catch (error) {
    if (error instanceof JsonError) throw new AppError('invalid', { reason, code: error.code, ...(error.position === undefined ? {} : { position: error.position }) });
    throw error;
  }
}

/**
 * Every connection a document names must belong to the flow's own retailer. Removing a connection in use is refused, so
 * an id that is not there is somebody else's or a mistake.
 * @throws AppError `not_found`
 */
export async function checkConnections(tx: Tx, retailerId: string, doc: FlowDocument): Promise<void> {
  const named = [...connectionIdsIn(doc)];
  const known = await connectionIdsOf(tx, retailerId, named.filter((id) => uuid.test(id)));
  const missing = named.find((id) => !known.has(id));
  if (missing !== undefined) throw new AppError('not_found', { reason: 'connection', connectionId: missing });
}

/** What the checks of a flow's document may know: what else the retailer has, and what this person may publish. */
export async function checkScopeFor(tx: Tx, flow: { id: string; retailerId: string }, actor: Actor): Promise<CheckScope> {
  const connections = await listConnections(tx, flow.retailerId);
  return {
    connections: connections.map(({ id, name, connector, hasWebhookSecret }) => ({ id, name, connector, hasWebhookSecret })),
    mayPublishUnverified: actor.permissions.includes('flow:publish_unverified'),
    flowId: flow.id,
    flows: await listFlowNames(tx, flow.retailerId),
    lookupTables: await listTableNames(tx, flow.retailerId),
  };
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Ids under any field called `connectionId`, however deep: node kinds name connections in no other way. */
export function connectionIdsIn(doc: FlowDocument): Set<string> {
  const found = new Set<string>();
  const walk = (value: Json | undefined): void => {
    if (Array.isArray(value)) value.forEach(walk);
    else if (typeof value === 'object' && value !== null) {
      for (const [key, item] of Object.entries(value)) {
        if (key === 'connectionId' && typeof item === 'string' && item !== '') found.add(item);
        else walk(item);
      }
    }
  };
  for (const node of doc.nodes) walk(node.config);
  return found;
}

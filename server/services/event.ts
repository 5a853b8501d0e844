import { uuidv7 } from 'uuidv7';
import type { FlowDocument } from '#engine/flow/document.ts';
import { findNodeKind } from '#engine/nodes/registry.ts';
import { AppError } from '../errors/app-error.ts';
import * as events from '../repositories/event.ts';
import { findLive } from '../repositories/flow-version.ts';
import type { Scope } from '../tenancy/scope.ts';
import type { EventListItem, EventView } from '../views/event.ts';
import { checkBody, readDocument } from './flow-document.ts';
import { requireFlow } from './flow.ts';
import { readHeaders } from './headers.ts';
import { placeInLane } from './lane.ts';

export function listEvents(scope: Scope, input: { flowId: string; nodeId?: string; limit: number }): Promise<EventListItem[]> {
  return scope.read(async (tx) => {
    await requireFlow(tx, input.flowId);
    return events.listEvents(tx, input);
  });
}

export function getEvent(scope: Scope, eventId: string): Promise<EventView> {
  return scope.read(async (tx) => {
    const event = await events.findEvent(tx, eventId);
    if (event === null) throw new AppError('not_found', { reason: 'event' });
    return { id: event.id, bodyText: event.body, headers: readHeaders(event.headers), receivedAt: event.receivedAt.toISOString() };
  });
}

/**
 * Hands an event to the live version, into the same inbox and lanes that webhooks go to, and rings in the same transaction.
 * @throws AppError `conflict` when the flow is not live; `invalid` when the body is not JSON or no trigger fits.
 */
export async function sendEvent(scope: Scope, input: { flowId: string; nodeId?: string; bodyText: string }): Promise<{ eventId: string }> {
  const data = checkBody(input.bodyText);
  return scope.write(async (tx) => {
    const flow = await requireFlow(tx, input.flowId);
    const live = await findLive(tx, flow.id);
    if (live === null || !live.active) throw new AppError('conflict', { reason: 'not_live' });
    const doc = readDocument(live.docText);
    const place = placeInLane(doc.settings, data);
    const accepted = await events.acceptEvent(tx, {
      id: uuidv7(),
      retailerId: flow.retailerId,
      flowId: flow.id,
      nodeId: triggerFor(doc, input.nodeId),
      trigger: scope.actor.kind === 'api_key' ? 'api' : 'manual',
      lane: place.lane,
      orderingKey: place.orderingKey,
      body: input.bodyText,
    });
    if (accepted.ring) await scope.runtime.doorbells.ringLane(tx, { flowId: flow.id, lane: place.lane, retailerId: flow.retailerId });
    scope.note({ eventId: accepted.eventId });
    return { eventId: accepted.eventId };
  });
}

/** The trigger that was asked for; else the manual one, else the first. */
function triggerFor(doc: FlowDocument, nodeId: string | undefined): string {
  const triggers = doc.nodes.filter((node) => findNodeKind(node.kind)?.group === 'trigger');
  const chosen = nodeId === undefined ? (triggers.find((node) => node.kind === 'manual-trigger') ?? triggers[0]) : triggers.find((node) => node.id === nodeId);
  if (chosen === undefined) throw new AppError('invalid', { reason: 'no_trigger', ...(nodeId === undefined ? {} : { nodeId }) });
  return chosen.id;
}

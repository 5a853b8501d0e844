import type { PublishAnswer, StatePort } from '#engine/nodes/step.ts';
import { effectKey } from '#engine/run/effect-key.ts';
import type { Accepted, NewEvent } from '../inbox/accept-events.ts';
import { MOST_RECORD } from '../journal/caps.ts';
import { depthOf, makeEvent, MOST_DEEP } from './make-event.ts';
import type { Asking } from './state-run.ts';
import type { Topics } from './topics.ts';

export interface PublishOptions {
  topics: Topics;
  accept(event: NewEvent): Promise<Accepted>;
  anyLane(flowId: string, lanes: number): number;
}

/**
 * Makes an event for every listener of a topic, each once. Refuses, before any of them is made, a record that is too large to be an
 * event, and flows that start each other in a circle: the record fails where the circle is cut.
 */
export async function publish(asking: Asking, request: Parameters<StatePort['publish']>[0], options: PublishOptions): Promise<PublishAnswer> {
  const { run, nodeId } = asking;
  const listeners = await options.topics.listeners({ retailerId: run.retailerId, environment: run.environment, topic: request.topic });
  if (listeners.length === 0) return { state: 'published', listeners: 0 };
  const depth = (await depthOf(asking)) + 1;
  if (depth > MOST_DEEP) {
    const message = `The event went through ${MOST_DEEP} flows, one started by the other; the topic ${request.topic} would start the next.`;
    return { state: 'failed', code: 'flow_event_circle', message };
  }
  const key = effectKey(run.eventId, nodeId, request.recordKey);
  const events = listeners.map((listener) => makeEvent({ ...listener, data: request.data, deliveryId: `${key}.${listener.nodeId}`, depth, anyLane: options.anyLane }));
  const length = events[0]?.body.length ?? 0;
  if (length > MOST_RECORD) return { state: 'failed', code: 'payload_too_large', message: `The record has ${length} characters, ${MOST_RECORD} are allowed.` };
  await Promise.all(events.map((event) => options.accept(event)));
  return { state: 'published', listeners: listeners.length };
}

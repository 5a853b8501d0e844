import type { StatePort } from '#engine/nodes/step.ts';
import { effectKey } from '#engine/run/effect-key.ts';
import type { Accepted, NewEvent } from '../inbox/accept-events.ts';
import type { Log } from '../log.ts';
import { depthOf, makeEvent, MOST_DEEP } from './make-event.ts';
import type { Asking } from './state-run.ts';
import type { Topics } from './topics.ts';

export interface PublishOptions {
  topics: Topics;
  log: Log;
  accept(event: NewEvent): Promise<Accepted>;
  anyLane(flowId: string, lanes: number): number;
}

/** Makes an event for every listener of a topic, each once; answers how many listen. */
export async function publish(asking: Asking, request: Parameters<StatePort['publish']>[0], options: PublishOptions): Promise<number> {
  const { run, nodeId } = asking;
  const listeners = await options.topics.listeners({ retailerId: run.retailerId, environment: run.environment, topic: request.topic });
  if (listeners.length === 0) return 0;
  const depth = (await depthOf(asking)) + 1;
  if (depth > MOST_DEEP) {
    options.log.warn({ flowId: run.flowId, topic: request.topic }, 'flows start each other in a circle; the event was not passed on');
    return 0;
  }
  const key = effectKey(run.eventId, nodeId, request.recordKey);
  await Promise.all(
    listeners.map((listener) =>
      options.accept(makeEvent({ ...listener, data: request.data, deliveryId: `${key}.${listener.nodeId}`, depth, anyLane: options.anyLane })),
    ),
  );
  return listeners.length;
}

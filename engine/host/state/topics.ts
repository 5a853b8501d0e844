import { z } from 'zod';
import type { Flows, LiveFlow } from '../config/flows.ts';
import type { Sql } from '../database.ts';

/** A flow that listens, and the node events come in at. */
export interface Listener {
  flow: LiveFlow;
  nodeId: string;
}

export interface Topics {
  /** The live flow-triggers of a retailer's flows that listen to a topic. */
  listeners(of: { retailerId: string; environment: string; topic: string }): Promise<readonly Listener[]>;
  forgetAll(): void;
}

const configSchema = z.looseObject({ topic: z.string().nullish() });

/** Who listens to what, in memory; any change of a live version drops it: what it is made of stays compiled. */
export function createTopics(sql: Sql, flows: Flows): Topics {
  let known = new Map<string, Promise<Map<string, Listener[]>>>();

  async function load(retailerId: string, environment: string): Promise<Map<string, Listener[]>> {
    const rows = await sql<{ flow_id: string }[]>`
      select flow_id from live_version where retailer_id = ${retailerId} and environment = ${environment} and active order by flow_id`;
    const byTopic = new Map<string, Listener[]>();
    for (const row of rows) {
      const flow = await flows.live(row.flow_id, environment);
      if (!flow?.active) continue;
      for (const { nodeId, topic } of triggersOf(flow)) {
        const listener = { flow, nodeId };
        const listeners = byTopic.get(topic);
        if (listeners) listeners.push(listener);
        else byTopic.set(topic, [listener]);
      }
    }
    return byTopic;
  }

  return {
    async listeners({ retailerId, environment, topic }) {
      const name = `${retailerId} ${environment}`;
      const mine = known;
      let topics = mine.get(name);
      if (!topics) {
        topics = load(retailerId, environment);
        mine.set(name, topics);
        topics.catch(() => mine.delete(name));
      }
      return (await topics).get(topic) ?? [];
    },
    forgetAll() {
      known = new Map();
    },
  };
}

function triggersOf(flow: LiveFlow): { nodeId: string; topic: string }[] {
  return flow.plan.steps.flatMap((step) => {
    if (step.kind.kind !== 'flow-trigger') return [];
    const config = configSchema.safeParse(step.config);
    const topic = config.success ? (config.data.topic ?? '') : '';
    return topic === '' ? [] : [{ nodeId: step.nodeId, topic }];
  });
}

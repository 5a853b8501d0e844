import { z } from 'zod';
import { schemaDocSchema } from '../schema/schema-doc.ts';
import { defineNode } from './node-kind.ts';
import { TRIGGER_PORTS, passOn } from './pass-on.ts';
import { checkSample } from './sample-body.ts';
import { checkTopic, topicSchema } from './topic.ts';

const config = z.strictObject({
  /** Also started by every flow event of this topic. */
  topic: topicSchema.optional().meta({ field: { kind: 'topic', help: true, placeholder: 'order.paid' } }),
  sampleBody: z
    .string()
    .optional()
    .meta({ field: { kind: 'json', help: true, advanced: true } }),
  /** What the events look like. */
  schema: schemaDocSchema.optional(),
});

export type FlowTriggerConfig = z.infer<typeof config>;

/** Starts a run when another flow of the retailer calls this one, or tells of something. */
export const flowTrigger = defineNode<FlowTriggerConfig>({
  kind: 'flow-trigger',
  version: 1,
  group: 'trigger',
  icon: 'workflow',
  config,
  initial: () => ({}),
  ports: () => TRIGGER_PORTS,
  summary: ({ topic = '' }) => (topic === '' ? { key: 'called' } : { key: 'topic', params: { topic } }),
  check: ({ topic = '', sampleBody }, scope) => [...checkSample(scope, sampleBody), ...(topic === '' ? [] : checkTopic(scope, topic))],
  passThrough: true,
  effect: 'none',
  execute: passOn,
});

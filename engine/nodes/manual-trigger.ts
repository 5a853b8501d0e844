import { z } from 'zod';
import { schemaDocSchema } from '../schema/schema-doc.ts';
import { defineNode } from './node-kind.ts';
import { TRIGGER_PORTS, passOn } from './pass-on.ts';
import { checkSample } from './sample-body.ts';

const config = z.strictObject({
  sampleBody: z
    .string()
    .optional()
    .meta({ field: { kind: 'json', help: true } }),
  /** What the events look like. */
  schema: schemaDocSchema.optional(),
});

export type ManualTriggerConfig = z.infer<typeof config>;

/** Starts a run when a person, the command line or the API sends an event. */
export const manualTrigger = defineNode<ManualTriggerConfig>({
  kind: 'manual-trigger',
  version: 1,
  group: 'trigger',
  icon: 'hand',
  config,
  initial: () => ({}),
  ports: () => TRIGGER_PORTS,
  summary: () => ({ key: 'byHand' }),
  check: ({ sampleBody }, scope) => checkSample(scope, sampleBody),
  passThrough: true,
  effect: 'none',
  execute: passOn,
});

import { z } from 'zod';
import { checkCaller } from './check-caller.ts';
import { schemaDocSchema } from '../schema/schema-doc.ts';
import { defineNode } from './node-kind.ts';
import { TRIGGER_PORTS, passOn } from './pass-on.ts';
import { checkSample } from './sample-body.ts';
import { RECIPES, webhookVerificationSchema } from './webhook-verification.ts';

const config = z.strictObject({
  verification: webhookVerificationSchema.meta({ field: { kind: 'group' } }),
  /** The connection whose webhook secret signs the deliveries. */
  connectionId: z.string().nullable().meta({ field: { kind: 'connection', help: true } }),
  sampleBody: z
    .string()
    .optional()
    .meta({ field: { kind: 'json', help: true, advanced: true } }),
  /** What the events look like. */
  schema: schemaDocSchema.optional(),
});

export type WebhookTriggerConfig = z.infer<typeof config>;

/** Starts a run for each delivery a vendor posts to the flow's secret address. */
export const webhookTrigger = defineNode<WebhookTriggerConfig>({
  kind: 'webhook-trigger',
  version: 1,
  group: 'trigger',
  icon: 'webhook',
  config,
  initial: () => ({ verification: { recipe: 'standard-webhooks' }, connectionId: null }),
  ports: () => TRIGGER_PORTS,
  summary: ({ verification }) => ({ key: RECIPES[verification.recipe].summaryKey }),
  check: (given, scope) => [...checkSample(scope, given.sampleBody), ...checkCaller(given, scope)],
  passThrough: true,
  effect: 'none',
  execute: passOn,
});

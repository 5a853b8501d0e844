import { z } from 'zod';
import type { Problem } from '../flow/problem.ts';
import { checkConnection, errorIn, warningIn } from './checks.ts';
import { defineNode, type NodeCheckScope } from './node-kind.ts';
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
  check,
  passThrough: true,
  effect: 'none',
  execute: passOn,
});

function check({ verification, connectionId, sampleBody }: WebhookTriggerConfig, scope: NodeCheckScope): Problem[] {
  const problems = checkSample(scope, sampleBody);
  if (verification.recipe === 'none') {
    problems.push(
      scope.mayPublishUnverified
        ? warningIn(scope, 'webhook_unverified', { field: 'verification.recipe' })
        : errorIn(scope, 'webhook_unverified_needs_admin', { field: 'verification.recipe' }),
    );
    return problems;
  }
  if (verification.recipe === 'generic' && (verification.header ?? '').trim() === '') {
    problems.push(errorIn(scope, 'verification_header_missing', { field: 'verification.header' }));
  }
  if (connectionId === null) return [...problems, errorIn(scope, 'connection_missing', { field: 'connectionId' })];
  problems.push(...checkConnection(scope, connectionId));
  const connection = scope.connections.find(({ id }) => id === connectionId);
  if (connection !== undefined && !connection.hasWebhookSecret) {
    const params = { connection: connection.name };
    problems.push(errorIn(scope, 'verification_secret_missing', { field: 'connectionId', params }));
  }
  return problems;
}

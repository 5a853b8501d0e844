import { z } from 'zod';
import { checkCaller } from './check-caller.ts';
import { errorIn } from './checks.ts';
import { schemaDocSchema } from '../schema/schema-doc.ts';
import { defineNode } from './node-kind.ts';
import { TRIGGER_PORTS, passOn } from './pass-on.ts';
import { checkSample } from './sample-body.ts';
import { checkSchemaText } from './schema-text.ts';
import { webhookVerificationSchema } from './webhook-verification.ts';

export const API_TIME_LIMIT = { min: 1, max: 60 };

const schemaText = z.string().max(200_000).optional();

const config = z.strictObject({
  verification: webhookVerificationSchema.meta({ field: { kind: 'group' } }),
  /** The connection whose webhook secret is the key. */
  connectionId: z.string().nullable().meta({ field: { kind: 'connection', help: true } }),
  timeLimitSeconds: z.number().meta({ field: { kind: 'number', help: true, ...API_TIME_LIMIT, unit: 'seconds' } }),
  requestSchema: schemaText.meta({ field: { kind: 'jsonSchema', help: true, advanced: true } }),
  responseSchema: schemaText.meta({ field: { kind: 'jsonSchema', help: true, advanced: true } }),
  sampleBody: z
    .string()
    .optional()
    .meta({ field: { kind: 'json', help: true, advanced: true } }),
  /** What the events look like. */
  schema: schemaDocSchema.optional(),
});

export type ApiTriggerConfig = z.infer<typeof config>;

/** Starts a run for each request, and answers it with what the flow responds. */
export const apiTrigger = defineNode<ApiTriggerConfig>({
  kind: 'api-trigger',
  version: 1,
  group: 'trigger',
  icon: 'plug-zap',
  config,
  initial: () => ({ verification: { recipe: 'api-key', header: 'X-API-Key' }, connectionId: null, timeLimitSeconds: 10 }),
  ports: () => TRIGGER_PORTS,
  summary: ({ timeLimitSeconds }) => ({ key: 'answers', params: { seconds: timeLimitSeconds } }),
  check({ verification, connectionId, timeLimitSeconds, requestSchema = '', responseSchema = '', sampleBody }, scope) {
    const problems = [...checkSample(scope, sampleBody), ...checkCaller({ verification, connectionId }, scope)];
    if (!(timeLimitSeconds >= API_TIME_LIMIT.min && timeLimitSeconds <= API_TIME_LIMIT.max)) {
      problems.push(errorIn(scope, 'timeout_range', { field: 'timeLimitSeconds', params: API_TIME_LIMIT }));
    }
    if (requestSchema.trim() !== '') problems.push(...checkSchemaText(scope, 'requestSchema', requestSchema));
    if (responseSchema.trim() !== '') problems.push(...checkSchemaText(scope, 'responseSchema', responseSchema));
    return problems;
  },
  passThrough: true,
  effect: 'none',
  execute: passOn,
});

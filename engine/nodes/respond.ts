import { z } from 'zod';
import { parseJson, type Json } from '../flow/json.ts';
import { compileTemplate, type Template } from '../flow/template.ts';
import type { Problem } from '../flow/problem.ts';
import { checkTemplate, errorIn } from './checks.ts';
import { triggersBefore } from './graph-checks.ts';
import { bodyEncoding } from './http-body-encoding.ts';
import { checkHeaderNames } from './http-request-check.ts';
import { httpRequestConfig } from './http-request-config.ts';
import { oneLine } from './http-call.ts';
import { defineNode, type NodeCheckScope } from './node-kind.ts';
import type { DataRecord, StepOutput } from './step.ts';

export const STATUS = { min: 200, max: 599 };

const config = z.strictObject({
  status: z.number().meta({ field: { kind: 'number', help: true, ...STATUS } }),
  body: httpRequestConfig.shape.body,
  headers: httpRequestConfig.shape.headers,
});

export type RespondConfig = z.infer<typeof config>;
interface PreparedRespond {
  text: Template | null;
  headers: { name: string; value: Template | null }[];
}

/** Answers whoever waits for this event: the caller of an API trigger, or a calling flow. */
export const respond = defineNode<RespondConfig, PreparedRespond>({
  kind: 'respond',
  version: 1,
  group: 'action',
  icon: 'reply',
  config,
  initial: () => ({ status: 200, body: { mode: 'record' }, headers: [] }),
  ports: () => ({ inputs: [{ id: 'in', type: 'any' }], outputs: [{ id: 'out', type: 'any' }] }),
  summary: ({ status, body }) => ({ key: body.mode, params: { status } }),
  check,
  prepare: ({ body, headers }) => ({
    text: templateOf(body.text ?? ''),
    headers: headers.map(({ name, value }) => ({ name: name.trim(), value: templateOf(value) })),
  }),
  passThrough: true,
  effect: 'state',
  async execute({ config: given, prepared, records, ports }): Promise<StepOutput> {
    const [first] = records;
    if (first === undefined) return { outputs: {}, failures: [] };
    const body = bodyFor(first, given, prepared);
    if (body === undefined) {
      const rest = records.slice(1);
      return { outputs: { out: rest }, failures: [{ record: first, class: 'data', code: 'respond_malformed', message: 'the text is no JSON' }] };
    }
    const headers = prepared.headers.map(({ name, value }): [string, string] => [name, oneLine(value?.render(first.data) ?? '')]);
    await ports.state.respond({ status: given.status, headers, body });
    return { outputs: { out: records }, failures: [], ...(records.length > 1 && { logs: [`answered with record ${first.key} of ${records.length}`] }) };
  },
});

/** What goes back; undefined where own text was meant to be JSON and is not. */
function bodyFor({ data }: DataRecord, { body, headers }: RespondConfig, { text }: PreparedRespond): Json | undefined {
  if (body.mode === 'none') return null;
  if (body.mode === 'record') return data;
  const contentType = headers.find(({ name }) => name.trim().toLowerCase() === 'content-type')?.value;
  const encoding = bodyEncoding(contentType, body.text ?? '');
  const written = text?.render(data, encoding.encode) ?? '';
  if (!encoding.contentType.includes('json')) return written;
  try {
    return parseJson(written);
  } catch {
    return undefined;
  }
}

function check({ status, body, headers }: RespondConfig, scope: NodeCheckScope): Problem[] {
  const problems: Problem[] = [];
  const triggers = triggersBefore(scope);
  // In a flow that is only being drawn, the trigger may still be missing; that is said elsewhere.
  if (triggers.size > 0 && !triggers.has('api-trigger') && !triggers.has('flow-trigger')) problems.push(errorIn(scope, 'respond_to_nobody'));
  if (!(Number.isInteger(status) && status >= STATUS.min && status <= STATUS.max)) {
    problems.push(errorIn(scope, 'number_range', { field: 'status', params: STATUS }));
  }
  if (body.mode === 'text') {
    if ((body.text ?? '').trim() === '') problems.push(errorIn(scope, 'body_empty', { field: 'body.text' }));
    else problems.push(...checkTemplate(scope, 'body.text', body.text ?? ''));
  }
  return [...problems, ...checkHeaderNames(headers, scope)];
}

function templateOf(text: string): Template | null {
  const result = compileTemplate(text);
  return result.ok ? result.template : null;
}

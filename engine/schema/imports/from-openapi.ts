import { isRecord, type Json, type JsonObject } from '../../flow/json.ts';
import { followPointer } from './json-pointer.ts';
import { fromJsonSchema } from './from-json-schema.ts';
import { failure, type ImportChoice, type ReadOutcome } from './outcome.ts';

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;
const MAX_CHOICES = 5_000;

interface Found extends ImportChoice {
  schema: Json;
}

/**
 * A schema out of an OpenAPI 3 or Swagger 2 document: the body or the answer of an operation, a webhook, or a component.
 * Without `pick` the choices are given, unless there is only one.
 */
export function fromOpenapi(document: Json, name: string, pick?: string): ReadOutcome {
  if (!isRecord(document)) return failure('format_unknown');
  const version = String(document['openapi'] ?? document['swagger'] ?? '');
  if (!/^[23](\.|$)/.test(version)) return failure('openapi_version', { version: version.slice(0, 40) });
  const found = findSchemas(document);
  if (found.length === 0) return failure('openapi_nothing');
  const chosen = pick === undefined ? (found.length === 1 ? found[0] : undefined) : found.find(({ id }) => id === pick);
  if (chosen === undefined) {
    if (pick !== undefined) return failure('openapi_choice_unknown', { choice: pick.slice(0, 100) });
    return { ok: false, code: 'choose', choices: found.slice(0, MAX_CHOICES).map(({ id, label, part }) => ({ id, label, part })) };
  }
  const label = chosen.part === 'component' ? chosen.label : `${name} ${chosen.label}`.trim();
  return fromJsonSchema({ root: document, schema: chosen.schema, name: label.slice(0, 200), origin: 'openapi', ...LEFT_OUT[chosen.part] });
}

const LEFT_OUT: Readonly<Record<ImportChoice['part'], { leaveOut?: 'readOnly' | 'writeOnly' }>> = { request: { leaveOut: 'readOnly' }, answer: { leaveOut: 'writeOnly' }, webhook: { leaveOut: 'writeOnly' }, component: {} };

/** Whether a JSON value is such a document. */
export function isOpenapi(value: Json): boolean {
  return isRecord(value) && (typeof value['openapi'] === 'string' || value['swagger'] !== undefined) && (isRecord(value['paths']) || isRecord(value['components']) || isRecord(value['webhooks']));
}

function findSchemas(document: JsonObject): Found[] {
  const found: Found[] = [];
  for (const [part, paths] of [['webhook', document['webhooks']], ['paths', document['paths']]] as const) {
    for (const [path, item] of entriesOf(paths)) {
      const operations = resolve(document, item);
      for (const method of METHODS) found.push(...ofOperation(document, { path, method, operation: resolve(document, operations?.[method]), isWebhook: part === 'webhook' }));
    }
  }
  const components = resolve(document, document['components']);
  for (const [name, schema] of [...entriesOf(components?.['schemas']), ...entriesOf(document['definitions'])]) {
    found.push({ id: `component:${name}`, label: name, part: 'component', schema });
  }
  return found;
}

interface Operation {
  path: string;
  method: string;
  operation: JsonObject | null;
  isWebhook: boolean;
}

function ofOperation(document: JsonObject, { path, method, operation, isWebhook }: Operation): Found[] {
  if (operation === null) return [];
  const label = isWebhook ? path : `${method.toUpperCase()} ${path}`;
  const found: Found[] = [];
  const request = bodySchema(document, operation);
  if (request !== null) found.push({ id: `${isWebhook ? 'webhook' : 'request'}:${method}:${path}`, label, part: isWebhook ? 'webhook' : 'request', schema: request });
  const answer = isWebhook ? null : answerSchema(document, operation);
  if (answer !== null) found.push({ id: `answer:${method}:${path}`, label, part: 'answer', schema: answer });
  return found;
}

function bodySchema(document: JsonObject, operation: JsonObject): Json {
  const body = resolve(document, operation['requestBody']);
  if (body !== null) return contentSchema(document, body);
  const parameters = operation['parameters'];
  const form: JsonObject[] = [];
  for (const given of Array.isArray(parameters) ? parameters : []) {
    const parameter = resolve(document, given);
    if (parameter?.['in'] === 'body') return parameter['schema'] ?? null;
    if (parameter?.['in'] === 'formData') form.push(parameter);
  }
  return form.length === 0 ? null : formSchema(form);
}

/** The fields of a form in Swagger 2, which are parameters there. */
function formSchema(parameters: readonly JsonObject[]): Json {
  const named = parameters.flatMap((parameter) => (typeof parameter['name'] === 'string' ? [{ name: parameter['name'], parameter }] : []));
  return { type: 'object', properties: Object.fromEntries(named.map(({ name, parameter }) => [name, parameter])), required: named.filter(({ parameter }) => parameter['required'] === true).map(({ name }) => name) };
}

function answerSchema(document: JsonObject, operation: JsonObject): Json {
  const good = entriesOf(operation['responses']).filter(([status]) => /^(2..|2XX|default)$/i.test(status));
  for (const [, given] of good) {
    const answer = resolve(document, given);
    if (answer === null) continue;
    const schema = answer['schema'] ?? contentSchema(document, answer);
    if (schema !== null) return schema;
  }
  return null;
}

function contentSchema(document: JsonObject, holder: JsonObject): Json {
  const types = entriesOf(holder['content']);
  const json = types.find(([type]) => /json/i.test(type)) ?? types[0];
  return (json === undefined ? null : resolve(document, json[1])?.['schema']) ?? null;
}

/** Follows references up to ten times: longer chains are circles. */
function resolve(document: JsonObject, given: Json | undefined): JsonObject | null {
  let value: Json = given ?? null;
  for (let step = 0; step < 10; step += 1) {
    if (!isRecord(value)) return null;
    const reference: Json | undefined = value['$ref'];
    if (typeof reference !== 'string') return value;
    value = followPointer(document, reference);
  }
  return null;
}

function entriesOf(value: Json | undefined): [string, Json][] {
  return isRecord(value) ? Object.entries(value) : [];
}

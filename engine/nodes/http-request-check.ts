import { parsePath } from '../flow/path.ts';
import type { Problem } from '../flow/problem.ts';
import { checkConnection, checkTemplate, errorIn, warningIn } from './checks.ts';
import { HTTP_TIMEOUT, READING, type HttpRequestConfig } from './http-request-config.ts';
import type { NodeCheckScope } from './node-kind.ts';

const HEADER_NAME = /^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/;
/** Set by the transport itself; a second one would let a request be read two ways. */
const RESERVED = new Set(['host', 'content-length', 'transfer-encoding', 'connection', 'upgrade', 'expect', 'te', 'trailer']);

export function checkHttpRequest(config: HttpRequestConfig, scope: NodeCheckScope): Problem[] {
  return [
    ...checkConnection(scope, config.connectionId),
    ...checkUrl(config, scope),
    ...checkPairs(config, scope),
    ...checkBody(config, scope),
    ...checkRest(config, scope),
  ];
}

function checkUrl({ url, connectionId }: HttpRequestConfig, scope: NodeCheckScope): Problem[] {
  const text = url.trim();
  const field = 'url';
  const absolute = /^[a-z][a-z0-9+.-]*:/i.test(text);
  if (text === '') return connectionId === null ? [errorIn(scope, 'url_empty', { field })] : [];
  const template = checkTemplate(scope, field, text);
  if (template.length > 0) return template;
  if (!absolute) {
    if (connectionId === null) return [errorIn(scope, 'url_needs_connection', { field })];
    // `//host` would leave the connection's own host.
    return text.startsWith('//') || /[\s\\]/.test(withoutPlaceholders(text)) ? [errorIn(scope, 'url_invalid', { field })] : [];
  }
  const [, host = ''] = /^https?:\/\/([^/?#]*)/i.exec(text) ?? [];
  if (host.includes('{{')) return [errorIn(scope, 'url_template_host', { field })];
  return host === '' || !URL.canParse(withoutPlaceholders(text)) ? [errorIn(scope, 'url_invalid', { field })] : [];
}

function withoutPlaceholders(text: string): string {
  return text.replace(/\{\{[^}]*\}\}/g, 'x');
}

function checkPairs({ query, headers, idempotencyHeader }: HttpRequestConfig, scope: NodeCheckScope): Problem[] {
  const problems = query.flatMap(({ name, value }, index) => [
    ...(name.trim() === '' ? [errorIn(scope, 'query_name_empty', { field: `query.${index}.name` })] : []),
    ...checkTemplate(scope, `query.${index}.value`, value),
  ]);
  const own = (idempotencyHeader ?? '').trim();
  if (own !== '') problems.push(...checkHeaderName(own, scope, 'idempotencyHeader'));
  return [...problems, ...checkHeaderNames(headers, scope)];
}

/** Headers that a flow may send: names that are names, and none that belongs to the transport. */
export function checkHeaderNames(headers: HttpRequestConfig['headers'], scope: NodeCheckScope): Problem[] {
  return headers.flatMap(({ name, value }, index) => [
    ...checkHeaderName(name.trim(), scope, `headers.${index}.name`),
    ...checkTemplate(scope, `headers.${index}.value`, value),
  ]);
}

function checkHeaderName(header: string, scope: NodeCheckScope, field: string): Problem[] {
  const params = { header };
  if (!HEADER_NAME.test(header)) return [errorIn(scope, 'header_invalid', { field, params })];
  return RESERVED.has(header.toLowerCase()) ? [errorIn(scope, 'header_reserved', { field, params })] : [];
}

function checkBody({ method, body }: HttpRequestConfig, scope: NodeCheckScope): Problem[] {
  if (READING.has(method)) {
    return body.mode === 'text' ? [warningIn(scope, 'body_not_sent', { field: 'body.mode', params: { method } })] : [];
  }
  if (body.mode !== 'text') return [];
  if ((body.text ?? '').trim() === '') return [errorIn(scope, 'body_empty', { field: 'body.text' })];
  return checkTemplate(scope, 'body.text', body.text ?? '');
}

function checkRest({ answer, timeoutSeconds, businessKey = '' }: HttpRequestConfig, scope: NodeCheckScope): Problem[] {
  const problems: Problem[] = [];
  const target = parsePath(answer.field?.trim() ?? '');
  if (answer.mode === 'add' && (target === null || target.length === 0 || !target.every((step) => typeof step === 'string'))) {
    problems.push(errorIn(scope, 'answer_field_invalid', { field: 'answer.field' }));
  }
  if (!(timeoutSeconds >= HTTP_TIMEOUT.min && timeoutSeconds <= HTTP_TIMEOUT.max)) {
    problems.push(errorIn(scope, 'timeout_range', { field: 'timeoutSeconds', params: HTTP_TIMEOUT }));
  }
  if (parsePath(businessKey) === null) {
    problems.push(errorIn(scope, 'path_invalid', { field: 'businessKey', params: { path: businessKey } }));
  }
  return problems;
}

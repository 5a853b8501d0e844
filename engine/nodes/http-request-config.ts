import { z } from 'zod';

export const HTTP_TIMEOUT = { min: 1, max: 120 };
export const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD'] as const;
/** Methods that only read: they carry no body and no idempotency key. */
export const READING: ReadonlySet<string> = new Set(['GET', 'HEAD']);

const pairs = z.array(z.strictObject({ name: z.string().max(200), value: z.string().max(5_000) })).max(50);

export const httpRequestConfig = z.strictObject({
  connectionId: z
    .string()
    .nullable()
    .meta({ field: { kind: 'connection', help: true } }),
  method: z.enum(METHODS).meta({ field: { kind: 'select', source: 'https://www.rfc-editor.org/rfc/rfc9110#name-methods' } }),
  url: z
    .string()
    .max(2_000)
    .meta({ field: { kind: 'text', template: true, help: true, placeholder: '/orders/{{order.id}}' } }),
  query: pairs.meta({ field: { kind: 'keyValues', template: true } }),
  headers: pairs.meta({ field: { kind: 'keyValues', template: true, advanced: true } }),
  body: z
    .strictObject({
      mode: z.enum(['record', 'none', 'text']).meta({ field: { kind: 'select', help: true } }),
      text: z
        .string()
        .max(100_000)
        .optional()
        .meta({ field: { kind: 'textarea', template: true, when: { field: 'mode', is: ['text'] } } }),
    })
    .meta({ field: { kind: 'group' } }),
  answer: z
    .strictObject({
      mode: z.enum(['replace', 'add', 'keep']).meta({ field: { kind: 'select', help: true } }),
      field: z
        .string()
        .max(200)
        .optional()
        .meta({ field: { kind: 'path', when: { field: 'mode', is: ['add'] }, placeholder: 'answer' } }),
    })
    .meta({ field: { kind: 'group' } }),
  timeoutSeconds: z
    .number()
    .meta({ field: { kind: 'number', ...HTTP_TIMEOUT, unit: 'seconds', advanced: true } }),
  idempotencyHeader: z
    .string()
    .max(100)
    .nullable()
    .meta({ field: { kind: 'text', help: true, advanced: true, placeholder: 'Idempotency-Key', source: 'https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/' } }),
  /** Path of the value by which people know the record at the far end. */
  businessKey: z
    .string()
    .max(500)
    .optional()
    .meta({ field: { kind: 'path', help: true, advanced: true } }),
});

export type HttpRequestConfig = z.infer<typeof httpRequestConfig>;

export function initialHttpRequest(): HttpRequestConfig {
  return {
    connectionId: null,
    method: 'POST',
    url: '',
    query: [],
    headers: [],
    body: { mode: 'record' },
    answer: { mode: 'replace' },
    timeoutSeconds: 30,
    idempotencyHeader: 'Idempotency-Key',
  };
}

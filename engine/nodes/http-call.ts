import { textOf } from '../flow/json.ts';
import { getPath, parsePath } from '../flow/path.ts';
import { compileTemplate, type Template } from '../flow/template.ts';
import { bodyEncoding } from './http-body-encoding.ts';
import { READING, type HttpRequestConfig } from './http-request-config.ts';
import { recordText } from './record-text.ts';
import type { CallRequest, DataRecord, RecordFailure } from './step.ts';

type Fault = Pick<RecordFailure, 'code' | 'message' | 'params'>;
type BuiltCall = { ok: true; request: CallRequest } | { ok: false; fault: Fault };

export interface PreparedCall {
  build(record: DataRecord): BuiltCall;
}

/** Compiles a request's templates once, so that building a call for a record only fills them in. */
export function prepareCall(config: HttpRequestConfig): PreparedCall {
  const url = templateOf(config.url.trim());
  const query = config.query.map(({ name, value }) => ({ name, value: templateOf(value) }));
  const headers = config.headers.map(({ name, value }) => ({ name, value: templateOf(value) }));
  const contentType = config.headers.find(({ name }) => name.trim().toLowerCase() === 'content-type')?.value;
  const reading = READING.has(config.method);
  const text = templateOf(config.body.text ?? '');
  const encode = bodyEncoding(contentType, config.body.text ?? '');
  const businessKey = config.businessKey === undefined ? null : parsePath(config.businessKey);

  function bodyOf(record: DataRecord): string | null {
    if (reading || config.body.mode === 'none') return null;
    return config.body.mode === 'record' ? recordText(record.data) : text.render(record.data, encode.encode);
  }

  return {
    build(record) {
      const { data } = record;
      const [missing] = url.missing(data);
      // A hole in the address would call another one: `/orders/` instead of `/orders/17`.
      if (missing !== undefined) {
        return failed({ code: 'url_value_missing', message: `${missing} is missing`, params: { path: missing } });
      }
      const dots = url.paths.map((path) => textOf(getPath(data, path))).find((value) => /^\.{1,2}$/.test(value));
      if (dots !== undefined) {
        return failed({ code: 'url_value_invalid', message: `"${dots}" in the URL`, params: { value: dots } });
      }
      const sent: [string, string][] = headers.map(({ name, value }) => [name.trim(), oneLine(value.render(data))]);
      const body = bodyOf(record);
      if (body !== null && contentType === undefined) {
        sent.push(['content-type', config.body.mode === 'record' ? 'application/json' : encode.contentType]);
      }
      const key = businessKey === null ? '' : textOf(getPath(data, businessKey));
      return {
        ok: true,
        request: {
          recordKey: record.key,
          connectionId: config.connectionId,
          method: config.method,
          url: url.render(data, encodeURIComponent),
          query: query.map(({ name, value }) => [name, value.render(data)]),
          headers: sent,
          body,
          timeoutMs: config.timeoutSeconds * 1_000,
          idempotencyHeader: reading ? null : config.idempotencyHeader?.trim() || null,
          ...(key !== '' && { businessKeys: [key] }),
        },
      };
    },
  };
}

function failed(fault: Fault): BuiltCall {
  return { ok: false, fault };
}

/** A record's text may hold line breaks; in a header they would begin another one. */
export function oneLine(text: string): string {
  return text.replace(/[\r\n\0]+/g, ' ').trim();
}

/** Publishing checks templates; where one is broken all the same it is sent as written. */
function templateOf(text: string): Template {
  const result = compileTemplate(text);
  return result.ok ? result.template : { paths: [], render: () => text, missing: () => [] };
}

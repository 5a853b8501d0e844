import { isRawNumber } from '../flow/json.ts';
import type { Encode } from '../flow/template.ts';

export interface BodyEncoding {
  /** What is sent when the consultant names no content type. */
  contentType: string;
  encode: Encode;
}

const JSON_BODY: BodyEncoding = {
  contentType: 'application/json',
  // Text stands between the consultant's quotes; numbers, lists and objects stand for themselves.
  encode: (text, value) => {
    if (value === undefined || value === null) return value === null ? 'null' : '';
    return typeof value === 'string' && !isRawNumber(value) ? JSON.stringify(text).slice(1, -1) : text;
  },
};

const XML_ENTITIES: Record<string, string> = { '<': '&lt;', '>': '&gt;', '&': '&amp;', '"': '&quot;', "'": '&apos;' };
const XML_BODY: BodyEncoding = {
  contentType: 'application/xml',
  encode: (text) => text.replace(/[<>&"']/g, (char) => XML_ENTITIES[char] ?? char),
};

const FORM_BODY: BodyEncoding = { contentType: 'application/x-www-form-urlencoded', encode: encodeURIComponent };
const TEXT_BODY: BodyEncoding = { contentType: 'text/plain; charset=utf-8', encode: (text) => text };

/** How values are written into a text body, by its content type, or by its look when none is given. */
export function bodyEncoding(contentType: string | undefined, text: string): BodyEncoding {
  const type = contentType?.toLowerCase() ?? '';
  const start = text.trimStart().charAt(0);
  const unnamed = type === '';
  if (type.includes('json') || (unnamed && (start === '{' || start === '[') && !text.trimStart().startsWith('{{'))) {
    return JSON_BODY;
  }
  if (type.includes('xml') || (unnamed && start === '<')) return XML_BODY;
  return type.includes('form-urlencoded') ? FORM_BODY : TEXT_BODY;
}

import { z } from 'zod';
import { isForbiddenKey, scanJson, type JsonFault, type JsonLimits } from './json-scan.ts';

/**
 * JSON that keeps every digit. Business systems send 18-digit ids and amounts such as `12.50` as numbers; a double would
 * change them. Integers beyond 2^53 become `bigint`, other numbers whose text a double would change become a frozen raw
 * number (`JSON.rawJSON`). Numbers a double writes back exactly as they came stay plain numbers.
 *
 * A browser without `JSON.rawJSON` (before Chrome 114, Firefox 135, Safari 18.4) shows such numbers as text: every digit is
 * still there, only quoted. The engine always has it.
 *
 * Cost of the check on a 2 KB order beside plain JSON.parse: see the figure at `scanJson`.
 */
export type Json = null | boolean | number | bigint | string | RawNumber | Json[] | JsonObject;

export interface JsonObject {
  [key: string]: Json;
}

/** A number as it was written, made by `JSON.rawJSON`. */
export interface RawNumber {
  readonly rawJSON: string;
}

export class JsonError extends Error {
  readonly code: JsonFault;
  readonly position: number | undefined;

  constructor(code: JsonFault, position?: number) {
    super(position === undefined ? `JSON: ${code}` : `JSON: ${code} at ${position}`);
    this.name = 'JsonError';
    this.code = code;
    this.position = position;
  }
}

interface RawJsonSupport {
  rawJSON?: (text: string) => RawNumber;
  isRawJSON?: (value: unknown) => boolean;
}
const native: JSON & RawJsonSupport = JSON;
const makeRaw = native.rawJSON;
const isRaw = native.isRawJSON;

export const DEFAULT_LIMITS: JsonLimits = { depth: 100, keys: 100_000 };

/**
 * Parses without changing a digit.
 * @throws {JsonError} malformed, too_deep, too_many_keys, or forbidden_key (`__proto__`, `constructor`, `prototype`).
 */
export function parseJson(text: string, limits: Partial<JsonLimits> = {}): Json {
  const scan = scanJson(text, { ...DEFAULT_LIMITS, ...limits });
  if (scan.fault !== null) throw new JsonError(scan.fault, scan.position);
  try {
    return scan.lossy.length === 0 ? JSON.parse(text) : parseMarked(text, scan.lossy);
  } catch (error) {
    throw error instanceof JsonError ? error : new JsonError('malformed');
  }
}

/** Writes JSON with every digit as it came. Values that are not JSON (undefined, functions) are left out as JSON.stringify does. */
export function stringifyJson(value: Json, indent?: number): string {
  try {
    return JSON.stringify(value, null, indent);
  } catch (error) {
    // bigint is the only JSON value JSON.stringify refuses. It is rare, so the common case pays for no replacer.
    if (!(error instanceof TypeError)) throw error;
    return JSON.stringify(value, writeBigint, indent);
  }
}

export function isRawNumber(value: unknown): value is RawNumber {
  return isRaw !== undefined && isRaw(value);
}

/** True for a JSON object: no list, no raw number. */
export function isRecord(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isRawNumber(value);
}

/** A scalar as text, the way it would be shown or put in a URL; objects and lists as JSON, null and undefined as ''. */
export function textOf(value: Json | undefined): string {
  if (typeof value === 'string') return value;
  if (value === null || value === undefined) return '';
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') return String(value);
  return isRawNumber(value) ? value.rawJSON : stringifyJson(value);
}

/** A number from its text: plain when a double keeps the text, else bigint or raw. The text must be a JSON number. */
export function numberFromText(source: string): Json {
  const double = Number(source);
  if (String(double) === source) return double;
  // Beyond a thousand digits it is no id but an attack: making a bigint of a megabyte takes seconds.
  if (/^-?\d{1,1000}$/.test(source) && source !== '-0') return BigInt(source);
  return makeRaw === undefined ? source : makeRaw(source);
}

export function isJson(value: unknown, depth = 0): value is Json {
  if (value === null || typeof value === 'string' || typeof value === 'boolean' || typeof value === 'bigint') return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object' || depth > DEFAULT_LIMITS.depth) return false;
  if (isRawNumber(value)) return true;
  if (Array.isArray(value)) return value.every((item) => isJson(item, depth + 1));
  return Object.entries(value).every(([key, item]) => !isForbiddenKey(key) && isJson(item, depth + 1));
}

/** Any JSON value, for configuration that holds a consultant's own values. */
export const jsonSchema: z.ZodType<Json> = z.custom<Json>((value) => isJson(value));

/** A private-use character that begins the text a number was turned into. */
const MARK = '\uE000';
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/**
 * Turns the few numbers a double would change into marked text, lets the native parser do the rest, and puts the numbers
 * back. Every order with an 18-digit id comes this way; a reviver that looks at each value takes four times as long.
 */
function parseMarked(text: string, lossy: readonly number[]): Json {
  if (text.includes(MARK) || /\\ue000/i.test(text)) return parseRevived(text);
  let marked = '';
  let done = 0;
  for (let at = 0; at < lossy.length; at += 2) {
    const start = lossy[at] ?? 0;
    const end = lossy[at + 1] ?? 0;
    const source = text.slice(start, end);
    // Text may stand where a number may not, as a key.
    if (!NUMBER.test(source) || isKey(text, end)) throw new JsonError('malformed', start);
    marked += `${text.slice(done, start)}"${MARK}${source}"`;
    done = end;
  }
  return unmarked(JSON.parse(marked + text.slice(done)));
}

function isKey(text: string, end: number): boolean {
  let at = end;
  while (text.charCodeAt(at) <= 32) at += 1;
  return text[at] === ':';
}

function unmarked(value: Json): Json {
  if (typeof value === 'string') return value.startsWith(MARK) ? numberFromText(value.slice(1)) : value;
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index += 1) value[index] = unmarked(value[index] ?? null);
  } else if (isRecord(value)) {
    for (const key of Object.keys(value)) value[key] = unmarked(value[key] ?? null);
  }
  return value;
}

function parseRevived(text: string): Json {
  return JSON.parse(text, function reviveNumber(_key: string, value: unknown, context?: { source?: string }) {
    return typeof value === 'number' && context?.source !== undefined ? numberFromText(context.source) : value;
  });
}

function writeBigint(_key: string, value: unknown): unknown {
  if (typeof value !== 'bigint') return value;
  return makeRaw === undefined ? String(value) : makeRaw(String(value));
}

import { isRecord, type Json, type JsonObject } from '../../flow/json.ts';
import { isNumber, isWhole } from './schema-check.ts';

/** A schema that the sample fits: a first draft to loosen and tighten by hand. Fields with a value are required. */
export function inferSchema(sample: Json): JsonObject {
  if (Array.isArray(sample)) return { type: 'array', ...(sample.length > 0 && { items: inferSchema(sample[0] ?? null) }) };
  if (isRecord(sample)) {
    const entries = Object.entries(sample);
    const required = entries.filter(([, value]) => value !== null && value !== '').map(([key]) => key);
    return {
      type: 'object',
      properties: Object.fromEntries(entries.map(([key, value]) => [key, inferSchema(value)])),
      ...(required.length > 0 && { required }),
    };
  }
  if (sample === null) return {};
  if (isNumber(sample)) return { type: isWhole(sample) ? 'integer' : 'number' };
  return { type: typeof sample === 'boolean' ? 'boolean' : 'string' };
}

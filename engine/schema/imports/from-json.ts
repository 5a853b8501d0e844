import { DEFAULT_LIMITS, JsonError, isRecord, parseJson, type Json } from '../../flow/json.ts';
import { inferred } from './inferred.ts';
import { failure, placeOf, type ReadFailure, type ReadOutcome } from './outcome.ts';

/** A sample has more keys than an event may have. */
const MAX_KEYS = 500_000;

/** The schema of sample records: one JSON value, a list of them, or several, one below the other. */
export function fromJson(text: string, name: string): ReadOutcome {
  const read = readSamples(text);
  if (!read.ok) return read;
  const records = read.samples.flatMap((sample) => (Array.isArray(sample) ? sample : [sample])).filter(isRecord);
  if (records.length === 0) return failure('no_records');
  return inferred(name, records, 'json');
}

/** The JSON values in a text: the whole, or one per line (NDJSON), or several parted by empty lines. */
export function readSamples(text: string): { ok: true; samples: Json[] } | ReadFailure {
  const whole = tryParse(text);
  if (whole.ok) return { ok: true, samples: [whole.value] };
  if (whole.error.code !== 'malformed') return jsonFailure(text, whole.error);
  for (const separator of [/\r?\n/, /\r?\n\s*\n(?=\s*[{[])/]) {
    const parts = text.split(separator).filter((part) => part.trim() !== '');
    if (parts.length < 2) continue;
    const samples: Json[] = [];
    for (const part of parts) {
      const sample = tryParse(part);
      if (!sample.ok || typeof sample.value !== 'object') break;
      samples.push(sample.value);
    }
    if (samples.length === parts.length) return { ok: true, samples };
  }
  return jsonFailure(text, whole.error);
}

export function jsonFailure(text: string, { code, position }: JsonError): ReadFailure {
  if (code === 'too_deep') return failure('json_too_deep', { max: DEFAULT_LIMITS.depth });
  if (code === 'too_many_keys') return failure('json_too_many_keys', { max: MAX_KEYS });
  if (code === 'forbidden_key') return failure('name_forbidden', { name: nameAt(text, position ?? 0) });
  return failure('json_malformed', placeOf(text, position ?? faultPosition(text)));
}

/** The name that begins at a position, as it is meant rather than as it is escaped. */
function nameAt(text: string, position: number): string {
  try {
    const name: unknown = JSON.parse(/"(?:[^"\\]|\\.)*"/y.exec(text.slice(position, position + 200))?.[0] ?? '');
    return typeof name === 'string' ? name : '__proto__';
  } catch {
    return '__proto__';
  }
}

export function tryParse(text: string): { ok: true; value: Json } | { ok: false; error: JsonError } {
  try {
    return { ok: true, value: parseJson(text, { keys: MAX_KEYS }) };
  } catch (error) {
    return { ok: false, error: error instanceof JsonError ? error : new JsonError('malformed') };
  }
}

/** Only the engine of the browser knows where the grammar broke, and says it in its message. */
function faultPosition(text: string): number {
  try {
    JSON.parse(text);
  } catch (error) {
    const message = error instanceof Error ? error.message : '';
    const position = /position (\d+)/.exec(message)?.[1];
    if (position !== undefined) return Number(position);
    const place = /line (\d+) column (\d+)/.exec(message);
    if (place !== null) return lineStart(text, Number(place[1])) + Number(place[2]) - 1;
  }
  return text.length;
}

function lineStart(text: string, line: number): number {
  let at = 0;
  for (let left = line; left > 1; left -= 1) at = text.indexOf('\n', at) + 1;
  return at;
}

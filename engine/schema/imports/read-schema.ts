import { isRecord, type Json } from '../../flow/json.ts';
import { fromCsv } from './from-csv.ts';
import { fromJson, jsonFailure, tryParse } from './from-json.ts';
import { fromJsonSchema } from './from-json-schema.ts';
import { fromOpenapi, isOpenapi } from './from-openapi.ts';
import { fromXml } from './from-xml.ts';
import { failure, MAX_IMPORT_CHARACTERS, type ReadFailure, type ReadOutcome } from './outcome.ts';
import { readYaml } from './read-yaml.ts';

export const IMPORT_FORMATS = ['auto', 'json', 'csv', 'xml', 'json-schema', 'openapi'] as const;
export type ImportFormat = (typeof IMPORT_FORMATS)[number];

export interface ReadOptions {
  /** Operation or component of an OpenAPI file, as the choices named it. */
  pick?: string;
  /** Name of the schema, such as that of the file. */
  name?: string;
}

/**
 * Reads a schema from what a consultant has at hand: sample records as JSON, CSV or XML, a JSON Schema, an OpenAPI file in
 * JSON or YAML. Never throws; nothing is fetched, nothing executed, no entity expanded. Up to 10 million characters.
 */
export function readSchema(given: string, as: ImportFormat = 'auto', options: string | ReadOptions = {}): ReadOutcome {
  const { pick, name = '' } = typeof options === 'string' ? { pick: options } : options;
  const text = given.replace(/^\uFEFF/, '');
  if (text.trim() === '') return failure('empty');
  if (text.length > MAX_IMPORT_CHARACTERS) return failure('too_large', { max: MAX_IMPORT_CHARACTERS });
  // No text holds this character; a workbook or an archive does.
  if (text.slice(0, 10_000).includes('\0')) return failure('format_unknown');
  switch (as === 'auto' ? formatOf(text) : as) {
    case 'csv':
      return fromCsv(text, name);
    case 'xml':
      return fromXml(text, name);
    case 'json':
      return fromJson(text, name);
    case 'json-schema': {
      const read = readDocument(text);
      return read.ok ? fromJsonSchema({ root: read.value, schema: read.value, name, origin: 'json-schema' }) : read;
    }
    case 'openapi': {
      const read = readDocument(text);
      return read.ok ? fromOpenapi(read.value, name, pick) : read;
    }
    default:
      return failure('format_unknown');
  }
}

/** What a text is, by looking at it; null when it is nothing known. */
export function formatOf(text: string): Exclude<ImportFormat, 'auto'> | null {
  const start = text.trimStart();
  if (start.startsWith('<')) return 'xml';
  if (start.startsWith('{') || start.startsWith('[')) {
    const parsed = tryParse(text);
    return parsed.ok ? kindOfJson(parsed.value) : 'json';
  }
  if (/^(?:#[^\n]*\n|---\s*\n|\s*\n)*['"]?(?:openapi|swagger)['"]?\s*:/.test(start)) return 'openapi';
  return /^[^\n]*[,;\t|]/.test(start) ? 'csv' : null;
}

function kindOfJson(value: Json): 'json' | 'json-schema' | 'openapi' {
  if (isOpenapi(value)) return 'openapi';
  if (!isRecord(value)) return 'json';
  const { $schema, type, properties } = value;
  const declared = typeof $schema === 'string' && $schema.includes('json-schema.org');
  return declared || (type === 'object' && isRecord(properties)) ? 'json-schema' : 'json';
}

function readDocument(text: string): { ok: true; value: Json } | ReadFailure {
  if (!text.trimStart().startsWith('{')) return readYaml(text);
  const parsed = tryParse(text);
  return parsed.ok ? parsed : jsonFailure(text, parsed.error);
}

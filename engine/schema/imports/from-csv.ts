import { CsvError, parse } from 'csv-parse/browser/esm/sync';
import { isForbiddenKey } from '../../flow/json-scan.ts';
import { guessMeanings } from '../guess-meaning.ts';
import { MAX_SCHEMA_FIELDS, type FieldType, type SchemaField } from '../schema-doc.ts';
import { formatOf } from '../value-format.ts';
import { failure, type ReadOutcome } from './outcome.ts';

const MAX_ROWS = 1_000;
const DELIMITERS = [',', ';', '\t', '|'] as const;
const NUMBER = /^-?(?:0|[1-9]\d{0,14})(?:\.\d{1,6})?$/;
const BOOLEAN = /^(?:true|false)$/i;

/** The schema of a CSV file with a header row; delimiter and quotes are found out, types from up to 1,000 rows. */
export function fromCsv(text: string, name: string): ReadOutcome {
  const plain = text.replace(/^\uFEFF/, '');
  const delimiter = delimiterOf(plain);
  let rows: string[][];
  try {
    rows = parse(plain, {
      delimiter,
      quote: quoteOf(plain, delimiter),
      to: MAX_ROWS + 1,
      skip_empty_lines: true,
      relax_column_count: true,
      trim: true,
      max_record_size: 1_000_000,
    });
  } catch (error) {
    const line: unknown = error instanceof CsvError ? error['lines'] : undefined;
    return failure('csv_malformed', { line: typeof line === 'number' ? line : 1 });
  }
  const [header = [], ...body] = rows;
  if (header.every((cell) => cell === '' || NUMBER.test(cell))) return failure('csv_no_header');
  const forbidden = header.find((cell) => isForbiddenKey(cell));
  if (forbidden !== undefined) return failure('name_forbidden', { name: forbidden });
  const fields = uniqueNames(header.slice(0, MAX_SCHEMA_FIELDS)).map((column, at) => columnOf(column, body.map((row) => row[at] ?? '')));
  return { ok: true, schema: guessMeanings({ name, origin: 'csv', fields }) };
}

/** The delimiter that cuts the first lines into the most equal columns; what stands inside quotes does not count. */
export function delimiterOf(text: string): string {
  const lines = text
    .slice(0, 50_000)
    .replace(/"[^"]*"/g, '')
    .split(/\r?\n/)
    .filter((line) => line !== '')
    .slice(0, 20);
  let best: { delimiter: string; score: number } = { delimiter: ',', score: 0 };
  for (const delimiter of DELIMITERS) {
    const counts = lines.map((line) => line.split(delimiter).length - 1);
    const first = counts[0] ?? 0;
    const score = first === 0 ? 0 : first + counts.filter((count) => count === first).length / counts.length;
    if (score > best.score) best = { delimiter, score };
  }
  return best.delimiter;
}

/** Single quotes are the file's quotes only where they enclose cells and double ones do not. */
function quoteOf(text: string, delimiter: string): string {
  const start = text.slice(0, 50_000);
  const encloses = (quote: string): boolean => start.startsWith(quote) || start.includes(`${delimiter}${quote}`) || start.includes(`\n${quote}`);
  return !encloses('"') && encloses("'") ? "'" : '"';
}

function uniqueNames(header: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return header.map((cell, at) => {
    const base = (cell === '' ? `column_${at + 1}` : cell).slice(0, 180);
    const before = seen.get(base) ?? 0;
    seen.set(base, before + 1);
    return before === 0 ? base : `${base}_${before + 1}`;
  });
}

function columnOf(name: string, cells: readonly string[]): SchemaField {
  const filled = cells.filter((cell) => cell !== '');
  const required = filled.length > 0 && filled.length === cells.length ? { required: true } : {};
  const type = typeOf(filled);
  const format = type === 'text' ? formatOf(filled) : undefined;
  return { name, type, ...required, ...(format === undefined ? {} : { format }) };
}

/** Digits with a leading zero are an id or a postcode, never a number. */
function typeOf(filled: readonly string[]): FieldType {
  if (filled.length === 0) return 'text';
  if (filled.every((cell) => NUMBER.test(cell))) return 'number';
  return filled.every((cell) => BOOLEAN.test(cell)) ? 'boolean' : 'text';
}

import { CsvError, parse } from 'csv-parse/browser/esm/sync';
import { isForbiddenKey } from '../../flow/json-scan.ts';
import { guessMeanings } from '../guess-meaning.ts';
import { MAX_SCHEMA_FIELDS, type FieldType, type SchemaField } from '../schema-doc.ts';
import { formatOf } from '../value-format.ts';
import { failure, type ReadOutcome } from './outcome.ts';

const MAX_ROWS = 1_000;
const ENOUGH = 1_000_000;
const DELIMITERS = [',', ';', '\t', '|'] as const;
const NUMBER = /^-?(?:0|[1-9]\d{0,14})(?:\.\d{1,6})?$/;
const BOOLEAN = /^(?:true|false)$/i;

/** The schema of a CSV file with a header row; delimiter and quotes are found out, types from up to 1,000 rows. */
export function fromCsv(text: string, name: string): ReadOutcome {
  // Excel names the delimiter in a line of its own.
  const said = /^sep=([,;\t|])\r?\n/.exec(text);
  const plain = said === null ? text : text.slice(said[0].length);
  const delimiter = said?.[1] ?? delimiterOf(plain);
  const read = readRows(plain, delimiter);
  if (!Array.isArray(read)) return failure('csv_malformed', { line: read.line + (said === null ? 0 : 1) });
  const [header = [], ...body] = read;
  if (header.every((cell) => cell === '' || NUMBER.test(cell))) return failure('csv_no_header');
  const forbidden = header.find((cell) => isForbiddenKey(cell));
  if (forbidden !== undefined) return failure('name_forbidden', { name: forbidden });
  const fields = uniqueNames(header.slice(0, MAX_SCHEMA_FIELDS)).map((column, at) => columnOf(column, body.map((row) => row[at] ?? '')));
  const schema = guessMeanings({ name, origin: 'csv', fields });
  return header.length > MAX_SCHEMA_FIELDS ? { ok: true, schema, cut: true } : { ok: true, schema };
}

/** Rows of the first of these texts and quotes that can be read; the line at which the last of them could not. */
function readRows(text: string, delimiter: string): string[][] | { line: number } {
  // A thousand rows are enough: of a long file the beginning is tried first.
  const texts = text.length > ENOUGH ? [text.slice(0, text.lastIndexOf('\n', ENOUGH) + 1), text] : [text];
  const quotes = quoteOf(text, delimiter) === "'" ? ["'", '"'] : ['"'];
  let fault = { line: 1 };
  for (const quote of quotes) {
    for (const part of texts) {
      try {
        return parse(part, { delimiter, quote, to: MAX_ROWS + 1, skip_empty_lines: true, relax_column_count: true, trim: true, max_record_size: 1_000_000 });
      } catch (error) {
        const line: unknown = error instanceof CsvError ? error['lines'] : undefined;
        fault = { line: typeof line === 'number' ? line : 1 };
      }
    }
  }
  return fault;
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
  const bases = header.map((cell, at) => (cell === '' ? `column_${at + 1}` : cell).slice(0, 180));
  const taken = new Set(bases);
  const seen = new Map<string, number>();
  return bases.map((base) => {
    let count = (seen.get(base) ?? 0) + 1;
    // A column may be called by the number another one would get.
    while (count > 1 && taken.has(`${base}_${count}`)) count += 1;
    seen.set(base, count);
    if (count === 1) return base;
    taken.add(`${base}_${count}`);
    return `${base}_${count}`;
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

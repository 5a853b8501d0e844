/** A cell that begins with one of these is a formula to a spreadsheet; written out, it gets an apostrophe before it. */
const FORMULA = /^[=+\-@\t\r]/;

export class CsvError extends Error {
  /** Line at which the text stops being CSV, from 1. */
  readonly line: number;

  constructor(line: number) {
    super(`Not CSV: line ${line}`);
    this.name = 'CsvError';
    this.line = line;
  }
}

/**
 * Reads CSV (RFC 4180, any line ends, with or without a byte order mark). The separator is the one that stands most often in the first line: comma,
 * semicolon or tab. An apostrophe that only guards against formulas is taken off again.
 * @throws {CsvError} for a quote that is never closed, or text after one
 */
export function readCsv(text: string): string[][] {
  const source = text.replace(/^\uFEFF/, '');
  const separator = separatorOf(source.slice(0, source.search(/\r?\n|$/)));
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  let line = 1;
  while (at <= source.length) {
    let cell = '';
    if (source[at] === '"') {
      const opened = line;
      at += 1;
      for (;;) {
        const end = source.indexOf('"', at);
        if (end < 0) throw new CsvError(opened);
        cell += source.slice(at, end);
        at = end + 1;
        if (source[at] !== '"') break;
        cell += '"';
        at += 1;
      }
      line += cell.split('\n').length - 1;
      if (at < source.length && source[at] !== separator && source[at] !== '\n' && source[at] !== '\r') throw new CsvError(line);
    } else {
      let end = at;
      while (end < source.length && source[end] !== separator && source[end] !== '\n' && source[end] !== '\r') end += 1;
      cell = source.slice(at, end);
      at = end;
    }
    row.push(unguarded(cell));
    if (source[at] === separator) {
      at += 1;
      continue;
    }
    rows.push(row);
    row = [];
    if (source[at] === '\r') at += 1;
    if (source[at] === '\n') at += 1;
    line += 1;
    if (at >= source.length) break;
  }
  return rows.filter((cells) => cells.some((cell) => cell !== ''));
}

/** Writes rows as CSV that a spreadsheet opens without running anything. Begins with a byte order mark, for umlauts. */
export function writeCsv(rows: readonly (readonly string[])[]): string {
  return `\uFEFF${rows.map((row) => row.map(quoted).join(',')).join('\r\n')}\r\n`;
}

function quoted(cell: string): string {
  const guarded = FORMULA.test(cell) ? `'${cell}` : cell;
  return /[",\r\n;\t]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}

function unguarded(cell: string): string {
  return cell.startsWith("'") && FORMULA.test(cell.slice(1)) ? cell.slice(1) : cell;
}

function separatorOf(firstLine: string): string {
  const counts = [',', ';', '\t'].map((sign) => ({ sign, count: firstLine.split(sign).length }));
  return counts.sort((a, b) => b.count - a.count)[0]?.sign ?? ',';
}

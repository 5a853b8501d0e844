export interface Output {
  /** Writes data: JSON with --json, else what `lines` makes of it. */
  result(data: unknown, lines: () => string[]): void;
  /** Says something to the person; on stderr, so that it never mixes with data. */
  say(line: string): void;
}

export function createOutput(json: boolean): Output {
  return {
    result(data, lines) {
      const text = json ? JSON.stringify(data, null, 2) : lines().join('\n');
      if (text !== '') process.stdout.write(`${text}\n`);
    },
    say(line) {
      process.stderr.write(`${line}\n`);
    },
  };
}

/** Columns as wide as their widest cell; the last one runs free. */
export function table(header: string[], rows: string[][]): string[] {
  const all = [header, ...rows];
  const widths = header.map((_, column) => Math.max(...all.map((row) => (row[column] ?? '').length)));
  return all.map((row) => row.map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd(widths[column] ?? 0))).join('  ').trimEnd());
}

/** A table while it is edited: the key first, then one cell for each column. */
export interface Grid {
  columns: string[];
  rows: string[][];
}

export const MOST_ROWS = 10_000;
export const MOST_COLUMNS = 20;

export function setCell(grid: Grid, at: { row: number; column: number }, text: string): Grid {
  return { ...grid, rows: grid.rows.map((row, index) => (index === at.row ? grid.columns.length + 1 === row.length ? row.with(at.column, text) : padded(row, grid).with(at.column, text) : row)) };
}

/** Fills cells to the right and down from one, as a spreadsheet does; rows that are missing are added. */
export function pasteInto(grid: Grid, at: { row: number; column: number }, cells: readonly (readonly string[])[]): Grid {
  const rows = grid.rows.map((row) => padded(row, grid));
  for (const [down, line] of cells.entries()) {
    const target = at.row + down;
    if (target >= MOST_ROWS) break;
    const row = rows[target] ?? padded([], grid);
    rows[target] = row.map((cell, column) => line[column - at.column] ?? cell);
  }
  return { ...grid, rows };
}

export function addColumn(grid: Grid, name: string): Grid {
  return { columns: [...grid.columns, name], rows: grid.rows.map((row) => [...padded(row, grid), '']) };
}

export function removeColumn(grid: Grid, at: number): Grid {
  return { columns: grid.columns.filter((_, index) => index !== at), rows: grid.rows.map((row) => padded(row, grid).filter((_, index) => index !== at + 1)) };
}

/** Takes a file's rows: instead of all there are, or over those with the same key. The file's columns count. */
export function importRows(grid: Grid, file: readonly (readonly string[])[], how: 'replace' | 'merge'): Grid {
  const [head = [], ...lines] = file;
  const named = head.slice(1).map((name) => name.trim()).filter((name) => name !== '');
  const columns = how === 'replace' ? (named.length === 0 ? ['value'] : named) : [...new Set([...grid.columns, ...named])];
  const cellsOf = (line: readonly string[]) => columns.map((name) => (named.includes(name) ? (line[named.indexOf(name) + 1] ?? '') : undefined));
  if (how === 'replace') return { columns, rows: lines.map((line) => [line[0] ?? '', ...cellsOf(line).map((cell) => cell ?? '')]) };
  const byKey = new Map(grid.rows.map((row) => [row[0] ?? '', [row[0] ?? '', ...columns.map((name) => row[grid.columns.indexOf(name) + 1] ?? '')]]));
  for (const line of lines) {
    const key = line[0] ?? '';
    const before = byKey.get(key) ?? [key, ...columns.map(() => '')];
    byKey.set(key, [key, ...cellsOf(line).map((cell, column) => cell ?? before[column + 1] ?? '')]);
  }
  return { columns, rows: [...byKey.values()] };
}

/** Rows that cannot be saved as they are, by row. A row without anything in it is left out when saving. */
export function problemsOf(grid: Grid): Map<number, 'keyMissing' | 'keyTwice'> {
  const problems = new Map<number, 'keyMissing' | 'keyTwice'>();
  const seen = new Set<string>();
  for (const [index, row] of grid.rows.entries()) {
    if (isBlank(row)) continue;
    const [key = ''] = row;
    if (key === '') problems.set(index, 'keyMissing');
    else if (seen.has(key)) problems.set(index, 'keyTwice');
    seen.add(key);
  }
  return problems;
}

/** What is saved: rows that say something. */
export function toSave(grid: Grid): Grid {
  return { columns: grid.columns, rows: grid.rows.filter((row) => !isBlank(row)).map((row) => padded(row, grid)) };
}

function isBlank(row: readonly string[]): boolean {
  return row.every((cell) => cell === '');
}

function padded(row: readonly string[], grid: Grid): string[] {
  return Array.from({ length: grid.columns.length + 1 }, (_, column) => row[column] ?? '');
}

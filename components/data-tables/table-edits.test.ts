import { expect, it } from 'vitest';
import { addColumn, importRows, pasteInto, problemsOf, removeColumn, setCell, toSave } from './table-edits.ts';

const grid = { columns: ['name', 'rate'], rows: [['DE', 'Berlin', '19'], ['AT', 'Wien', '20']] };

it('fills to the right and down, and adds the rows that are missing', () => {
  expect(pasteInto(grid, { row: 1, column: 1 }, [['Graz', '10', 'beyond'], ['Bern']]).rows).toEqual([['DE', 'Berlin', '19'], ['AT', 'Graz', '10'], ['', 'Bern', '']]);
});

it('keeps the other cells when a column comes or goes', () => {
  expect(addColumn(grid, 'zone').rows[0]).toEqual(['DE', 'Berlin', '19', '']);
  expect(removeColumn(grid, 0)).toEqual({ columns: ['rate'], rows: [['DE', '19'], ['AT', '20']] });
  expect(setCell(grid, { row: 0, column: 2 }, '7').rows[0]).toEqual(['DE', 'Berlin', '7']);
});

it('takes a file instead of the rows, or over them', () => {
  const file = [['key', 'rate'], ['AT', '21'], ['CH', '8']];
  expect(importRows(grid, file, 'replace')).toEqual({ columns: ['rate'], rows: [['AT', '21'], ['CH', '8']] });
  expect(importRows(grid, file, 'merge')).toEqual({ columns: ['name', 'rate'], rows: [['DE', 'Berlin', '19'], ['AT', 'Wien', '21'], ['CH', '', '8']] });
});

it('says which rows cannot be saved, and leaves empty ones out', () => {
  const broken = { ...grid, rows: [...grid.rows, ['', '', ''], ['', 'x', ''], ['DE', '', '']] };
  expect([...problemsOf(broken)]).toEqual([[3, 'keyMissing'], [4, 'keyTwice']]);
  expect(toSave({ ...grid, rows: [...grid.rows, ['', '', '']] }).rows).toHaveLength(2);
});

import { expect, test } from 'vitest';
import { readStepRecords } from './read-step-records.ts';

test('records of all ports in order, digits kept', () => {
  expect(readStepRecords('{"out":[{"key":"0","data":820982911946154508},{"key":"2"}],"otherwise":[{"key":"1","data":{"a":1.50},"corrected":true}]}')).toEqual([
    { port: 'out', key: '0', text: '820982911946154508', corrected: false },
    { port: 'out', key: '2', text: null, corrected: false },
    { port: 'otherwise', key: '1', text: '{\n  "a": 1.50\n}', corrected: true },
  ]);
});

test.each(['', 'not json', '[]', '{"out":1}'])('%j is not a list of records', (text) => {
  expect(readStepRecords(text)).toBeNull();
});

test('no records', () => {
  expect(readStepRecords('{}')).toEqual([]);
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rankEntries } from './rank-entries.ts';

const labels = (entries: readonly { label: string }[]) => entries.map(({ label }) => label);
const entries = [
  { label: 'Undo', words: 'back revert' },
  { label: 'Add a node', words: 'insert step' },
  { label: 'Map fields', words: 'transform shape' },
  { label: 'Map', words: '' },
  { label: 'Remap prices', words: '' },
];

describe('what the palette finds', () => {
  it('puts the whole name first, then beginnings, then parts', () => {
    expect(labels(rankEntries(entries, 'map', 9))).toEqual(['Map', 'Map fields', 'Remap prices']);
  });
  it('finds by further words, and wants every word', () => {
    expect(labels(rankEntries(entries, 'revert', 9))).toEqual(['Undo']);
    expect(labels(rankEntries(entries, 'map prices', 9))).toEqual(['Remap prices']);
    expect(rankEntries(entries, 'map nowhere', 9)).toEqual([]);
  });
  it('finds an entry by any part of its own name, and never more than asked for', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ label: fc.string({ minLength: 1 }) }), { minLength: 1, maxLength: 20 }), fc.nat(), (list, at) => {
        const { label } = list[at % list.length] ?? { label: '' };
        const found = rankEntries(list, label, list.length);
        expect(label.trim() === '' || found.some((entry) => entry.label === label)).toBe(true);
        expect(rankEntries(list, '', 3).length).toBeLessThanOrEqual(3);
      }),
    );
  });
});

import { describe, expect, it } from 'vitest';
import { completionsFor, formulaPath, wordAt } from './formula-words.ts';

describe('completion in formulas', () => {
  it('writes fields as JSONata does', () => {
    expect(['sku', 'line_items[].price', '^.currency', 'a["odd key"].b', 'tags[0]', '^.^.x'].map(formulaPath)).toEqual(['sku', 'line_items.price', '$parent.currency', 'a.`odd key`.b', 'tags[0]', null]);
  });
  it('replaces the word before the caret', () => {
    expect(wordAt('$sum(line_it', 12)).toEqual({ start: 5, word: 'line_it' });
    expect(wordAt('a & $sub', 8)).toEqual({ start: 4, word: '$sub' });
  });
  it('offers fields first, functions behind `$`', () => {
    const fields = [{ value: 'line_items[].price', hint: '12.50' }, { value: 'price', hint: '1' }];
    expect(completionsFor('pri', fields).map(({ insert }) => insert)).toEqual(['price', 'line_items.price']);
    expect(completionsFor('$su', fields).map(({ insert }) => insert)).toEqual(['$sum(', '$substring(', '$substringBefore(', '$substringAfter(']);
  });
});

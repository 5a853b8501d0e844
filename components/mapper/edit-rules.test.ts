import { describe, expect, it } from 'vitest';
import { previewMapping } from '#engine/mapping/preview-mapping.ts';
import { copyRule, moveRule, newListRule, newRule, proposeTarget, rulesFromSample, usedSources } from './edit-rules.ts';
import { mappingJson, readMapping } from './mapping-json.ts';

const sample = { id: 820982911946154508n, customer: { name: 'Anna' }, lines: [{ sku: 'A', qty: 1 }], tags: ['x'] };

describe('rows of a mapping', () => {
  it('take over a whole sample, lists as groups, and give it back unchanged', () => {
    const rules = rulesFromSample(sample, new Set());
    expect(previewMapping({ rules }, sample).output).toEqual(sample);
    expect(previewMapping({ rules }, sample).errors).toEqual([]);
    expect(rulesFromSample(sample, usedSources(rules))).toEqual([]);
  });
  it('survive the way into the configuration and back', () => {
    const mapping = {
      rules: [
        { ...newRule('a', 'b'), onMissing: { default: 1n }, when: { match: 'any' as const, rules: [{ path: 'a', operator: 'exists' as const, value: null }] } },
        newListRule('lines', 'lines[]', [{ ...newRule('sku', 'article'), functions: [{ fn: 'text.prefix', args: ['X-'] }] }]),
      ],
    };
    expect(readMapping(mappingJson(mapping))).toEqual(mapping);
    expect(readMapping('nonsense')).toEqual({ rules: [] });
  });
  it('move within their ends, and copies have ids of their own', () => {
    const [a, b] = [newRule('a'), newListRule('b')];
    expect(moveRule([a, b], a.id, 1)).toEqual([b, a]);
    expect(moveRule([a, b], a.id, -1)).toEqual([a, b]);
    const copy = copyRule(b);
    expect(copy.id).not.toBe(b.id);
    expect(copy.source.type === 'forEach' && b.source.type === 'forEach' && copy.source.rules[0]?.id !== b.source.rules[0]?.id).toBe(true);
  });
  it('propose the last name of the source as target', () => {
    expect(proposeTarget('customer.first_name')).toBe('first_name');
    expect(proposeTarget('line_items[]')).toBe('line_items');
  });
});

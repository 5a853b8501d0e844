import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Json } from './json.ts';
import { compileTemplate, renderTemplate } from './template.ts';

describe('templates', () => {
  test('fill in values with every digit', () => {
    const data = { order: { id: 820982911946154508n, name: 'A/1 ü' }, open: true };
    expect(renderTemplate('/orders/{{order.id}}/{{ open }}', data)).toBe('/orders/820982911946154508/true');
    expect(renderTemplate('/o/{{order.name}}', data, encodeURIComponent)).toBe('/o/A%2F1%20%C3%BC');
    expect(renderTemplate('{{order.gone}}!', data)).toBe('!');
  });

  test('say which values are missing', () => {
    const result = compileTemplate('{{a}}-{{b.c}}-{{d}}');
    expect(result.ok && result.template.missing({ a: 1, d: null })).toEqual(['b.c', 'd']);
  });

  test.each(['{{', 'x{{a', '{{a b..c}}', '{{__proto__}}', '{{a.constructor}}', '{{a|upper}}'.replace('|', '[')])(
    'refuses %s',
    (text) => {
      expect(compileTemplate(text).ok).toBe(false);
    },
  );

  test('text without placeholders is returned as it is, whatever the data', () => {
    fc.assert(
      fc.property(fc.string(), fc.jsonValue(), (text, data) => {
        fc.pre(!text.includes('{{'));
        expect(renderTemplate(text, data as Json)).toBe(text);
      }),
    );
  });

  test('values never become placeholders themselves', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        expect(renderTemplate('{{a}}{{b}}', { a, b })).toBe(a + b);
      }),
    );
  });
});

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { nodeKindList } from './kinds.ts';
import { rankKinds } from './rank-kinds.ts';

interface Texts {
  label: string;
  search?: string;
  description: string;
}

describe.each(['en', 'de'])('searching node kinds in %s', (locale) => {
  const texts: Record<string, Texts> = JSON.parse(readFileSync(new URL(`../i18n/messages/${locale}/nodes.json`, import.meta.url), 'utf8'));
  const kinds = nodeKindList().map(({ kind }) => kind);
  const find = (search: string): string[] =>
    rankKinds(kinds, search, (kind) => ({ name: texts[kind]?.label ?? '', search: texts[kind]?.search ?? '', description: texts[kind]?.description ?? '' }));

  test('its own name finds every kind first, and no two kinds share one', () => {
    for (const kind of kinds) expect([kind, find(` ${texts[kind]?.label.toUpperCase()} `)[0]]).toEqual([kind, kind]);
    expect(new Set(kinds.map((kind) => texts[kind]?.label)).size).toBe(kinds.length);
  });

  test('the words of other tools lead there too', () => {
    expect(find('saga')).toEqual(['try', 'compensate']);
    expect(find('jsonata')).toEqual(['formula']);
    expect(find('cron')).toEqual(['schedule-trigger']);
    expect(find('pagination')).toEqual(['http-pages']);
    expect(find('switch')).toContain('branch');
    expect(find('no such thing')).toEqual([]);
  });
});

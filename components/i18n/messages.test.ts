import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createTranslator, IntlErrorCode } from 'next-intl';
import { describe, expect, it } from 'vitest';
import { MESSAGE_AREAS } from './areas.ts';
import { chooseLocale, LOCALES } from './locales.ts';
import { loadMessages, pickMessages } from './messages.ts';

const folder = new URL('./messages/', import.meta.url);

/** Every text of a file by its key path. */
function texts(locale: string, area: string): Map<string, string> {
  const found = new Map<string, string>();
  const visit = (value: unknown, path: string): void => {
    if (typeof value === 'string') found.set(path, value);
    else if (typeof value === 'object' && value !== null) for (const [key, child] of Object.entries(value)) visit(child, path === '' ? key : `${path}.${key}`);
  };
  const file = new URL(`${locale}/${area}.json`, folder);
  if (existsSync(file)) visit(JSON.parse(readFileSync(file, 'utf8')), '');
  return found;
}

/**
 * Names of the values a text takes. In `{state, select, done {fertig} other {}}` the first brace opens a value and the others open
 * texts of their own, which may take values again.
 */
function valuesOf(text: string): string[] {
  const names = new Set<string>();
  const open: ('value' | 'text')[] = [];
  for (const [at, sign] of [...text].entries()) {
    if (sign === '}') open.pop();
    if (sign !== '{') continue;
    if (open.at(-1) === 'value') {
      open.push('text');
      continue;
    }
    open.push('value');
    const name = /^\{\s*(\w+)/.exec([...text].slice(at).join(''))?.[1];
    if (name !== undefined) names.add(name);
  }
  return [...names].sort();
}

describe.each(MESSAGE_AREAS)('messages of %s', (area) => {
  const [en, de] = [texts('en', area), texts('de', area)];

  it('say the same things in both languages', () => {
    expect([...de.keys()].sort()).toEqual([...en.keys()].sort());
  });

  it('take the same values in both languages', () => {
    for (const [key, text] of en) expect({ key, values: valuesOf(de.get(key) ?? '') }).toEqual({ key, values: valuesOf(text) });
  });

  it('are well formed and not empty', () => {
    for (const [locale, all] of [['en', en], ['de', de]] as const) {
      for (const [key, text] of all) {
        expect(text.trim(), `${locale} ${area}.${key}`).not.toBe('');
        const t = createTranslator({
          locale,
          messages: { text },
          onError(error) {
            // Values are not given here; everything else is a mistake in the text.
            if (error.code !== IntlErrorCode.FORMATTING_ERROR || !/was not provided|not provided/.test(error.message)) throw error;
          },
        });
        t('text');
      }
    }
  });
});

it('every message file belongs to an area', () => {
  for (const locale of LOCALES)
    for (const file of readdirSync(new URL(`${locale}/`, folder))) expect(MESSAGE_AREAS.map((area) => `${area}.json`)).toContain(file);
});

it('loads every language, and tolerates nothing else', async () => {
  const messages = await loadMessages('de');
  expect(messages['common']).toMatchObject({ close: 'Schließen' });
  expect(Object.keys(pickMessages(messages, ['common']))).toEqual(['common']);
});

describe('chooseLocale', () => {
  it('takes the cookie when it names a language we speak', () => {
    expect(chooseLocale('de', 'en')).toBe('de');
    expect(chooseLocale('xx', 'de')).toBe('de');
  });
  it('weighs Accept-Language by quality', () => {
    expect(chooseLocale(undefined, 'fr, en;q=0.3, de-CH;q=0.8')).toBe('de');
    expect(chooseLocale(undefined, 'fr')).toBe('en');
    expect(chooseLocale(undefined, 'de;q=0')).toBe('en');
    expect(chooseLocale(undefined, null)).toBe('en');
  });
});

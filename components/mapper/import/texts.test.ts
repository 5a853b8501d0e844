import { readFileSync } from 'node:fs';
import { createTranslator } from 'next-intl';
import { expect, test } from 'vitest';
import { OWNERS } from '#engine/retail/retail-field.ts';
import { RETAIL_ENTITIES } from '#engine/retail/retail-schemas.ts';
import { IMPORT_FAULTS } from '#engine/schema/imports/outcome.ts';

const read = (locale: string, area: string) => JSON.parse(readFileSync(new URL(`../../i18n/messages/${locale}/${area}.json`, import.meta.url), 'utf8'));
const LANGUAGES = ['en', 'de'] as const;

test.each(LANGUAGES)('every way in which a schema cannot be read is said in words, with its values (%s)', (locale) => {
  const t = createTranslator({ locale, messages: read(locale, 'schema') });
  const silent = IMPORT_FAULTS.filter(({ code, params }) => {
    const text = t.has(`errors.${code}`) ? t(`errors.${code}`, Object.fromEntries(params.map((name) => [name, 4711]))) : '';
    return text === '' || params.some(() => !/4[.,]?711/.test(text));
  });
  expect(silent).toEqual([]);
  expect(['request', 'answer', 'webhook', 'component'].filter((part) => !t.has(`parts.${part}`))).toEqual([]);
});

test.each(LANGUAGES)('every entity of the retail model and every owner of its fields has a name (%s)', (locale) => {
  const t = createTranslator({ locale, messages: read(locale, 'retail') });
  expect(RETAIL_ENTITIES.filter((entity) => !t.has(`entities.${entity}`))).toEqual([]);
  expect(OWNERS.filter((owner) => !t.has(`owners.${owner}`))).toEqual([]);
});

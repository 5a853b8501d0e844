import { readFileSync } from 'node:fs';
import { type AbstractIntlMessages, createTranslator } from 'next-intl';
import { describe, expect, it } from 'vitest';
import { NODE_ICONS } from '#components/canvas/node-icon.tsx';
import { readFields } from '#components/schema-form/read-fields.ts';
import type { FormField } from '#engine/flow/field-meta.ts';
import { PROBLEM_CODES } from '#engine/flow/problem-codes.ts';
import { findMappingFunction, mappingFunctionIds } from '#engine/mapping/functions.ts';
import { MAPPING_FAULTS } from '#engine/mapping/mapping-fault.ts';
import { OPERATORS } from '#engine/mapping/rule-set.ts';
import { NODE_FAILURE_CODES } from '#engine/nodes/failure-codes.ts';
import { nodeKinds } from '#engine/nodes/registry.ts';
import { RECIPES } from '#engine/nodes/webhook-verification.ts';

const AREAS = ['designer', 'nodes', 'problems', 'mapping', 'forms', 'runs'] as const;

function load(locale: string): AbstractIntlMessages {
  const entries = AREAS.map((area) => [area, JSON.parse(readFileSync(new URL(`../i18n/messages/${locale}/${area}.json`, import.meta.url), 'utf8'))]);
  return Object.fromEntries(entries);
}

/** Every text with its dotted key. */
function textsOf(messages: AbstractIntlMessages, prefix = ''): [string, string][] {
  return Object.entries(messages).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[prefix + key, value]] : textsOf(value, `${prefix}${key}.`),
  );
}

function keysOf(messages: AbstractIntlMessages): string[] {
  return textsOf(messages).map(([key]) => key);
}

function fieldKeys(fields: readonly FormField[], prefix: string): string[] {
  return fields.flatMap((field) => {
    const at = `${prefix}.${field.name}`;
    const title = [`${at}.label`, ...(field.meta.help === true ? [`${at}.help`] : [])];
    if (field.meta.kind === 'group') return [...(field.meta.section === true ? title : []), ...fieldKeys(field.fields, at)];
    return [...title, ...field.options.map((option) => `${at}.options.${option}`)];
  });
}

/** Every text the code may ask for that no compiler can see. */
function wanted(): string[] {
  return [
    ...PROBLEM_CODES.map(({ code }) => `problems.${code}`),
    ...MAPPING_FAULTS.map(({ code }) => `mapping.errors.${code}`),
    ...NODE_FAILURE_CODES.map(({ code }) => `runs.failure.code.${code}`),
    ...mappingFunctionIds.map((id) => `mapping.functions.${id}`),
    ...mappingFunctionIds.flatMap((id) => (findMappingFunction(id)?.args ?? []).map(({ name }) => `mapping.arguments.${name}`)),
    ...OPERATORS.map((operator) => `forms.rules.operators.${operator}`),
    ...nodeKinds.flatMap((kind) => {
      const { inputs, outputs } = kind.ports(kind.initial());
      const ports = [...inputs, ...outputs].filter((port) => port.label === undefined).map((port) => `nodes.${kind.kind}.ports.${port.id}`);
      const summary = `nodes.${kind.kind}.summary.${kind.summary(kind.initial()).key}`;
      return [`nodes.${kind.kind}.label`, `nodes.${kind.kind}.description`, summary, ...ports, ...fieldKeys(readFields(kind.config), `nodes.${kind.kind}.fields`)];
    }),
    ...Object.values(RECIPES).map(({ summaryKey }) => `nodes.webhook-trigger.summary.${summaryKey}`),
    ...Object.keys(RECIPES).map((recipe) => `designer.webhook.recipe.${recipe}`),
  ];
}

describe.each(['en', 'de'])('texts of the designer in %s', (locale) => {
  const messages = load(locale);
  const keys = new Set(keysOf(messages));

  it('are there for every node kind, field, option, problem, function and fault', () => {
    expect(wanted().filter((key) => !keys.has(key))).toEqual([]);
  });

  it('can be formatted with the parameters the code gives', () => {
    const texts = new Map(textsOf(messages));
    const errors: string[] = [];
    const format = (key: string, values: Record<string, string | number> = {}): string => {
      const t = createTranslator({ locale, messages: { text: texts.get(key) ?? '' }, onError: (error) => errors.push(`${key}: ${error.message}`) });
      return t('text', values);
    };
    for (const { code, params } of PROBLEM_CODES) {
      const text = format(`problems.${code}`, Object.fromEntries(params.map((name) => [name, 7])));
      expect([code, text.includes('7')]).toEqual([code, params.length > 0]);
    }
    for (const { code, params } of MAPPING_FAULTS) format(`mapping.errors.${code}`, Object.fromEntries(params.map((name) => [name, 'x'])));
    for (const kind of nodeKinds) {
      const { key, params } = kind.summary(kind.initial());
      format(`nodes.${kind.kind}.summary.${key}`, params);
    }
    expect(errors).toEqual([]);
  });
});

it('says the same things in both languages', () => {
  expect(keysOf(load('de')).sort()).toEqual(keysOf(load('en')).sort());
});

it('has a drawing for every icon that a node kind names', () => {
  expect(nodeKinds.filter(({ icon }) => NODE_ICONS[icon] === undefined).map(({ icon }) => icon)).toEqual([]);
});

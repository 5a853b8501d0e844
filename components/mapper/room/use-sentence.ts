'use client';

import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { exampleOf } from '#components/schema-form/sample-paths.ts';
import type { MappingFunction, MappingRule } from '#engine/mapping/mapping-schema.ts';
import { argumentText } from '../function-chip.tsx';

/** A rule in words: where the value comes from, what is done with it, when, and what if it is missing. */
export interface Sentence {
  source: string;
  functions: string[];
  when: string;
  missing: string;
}

/** Says rules as sentences, in the reader's language. */
export function useSentence(): (rule: MappingRule) => Sentence {
  const t = useTranslations('mapping');
  const forms = useTranslations('forms.rules');
  return useMemo(() => {
    const source = ({ source: from }: MappingRule): string => {
      switch (from.type) {
        case 'path':
          return from.path;
        case 'constant':
          return typeof from.value === 'string' ? `“${from.value}”` : exampleOf(from.value);
        case 'target':
          return `→ ${from.path}`;
        case 'index':
          return t('indexText');
        case 'formula':
          return `ƒ ${from.expression.replaceAll(/\s+/g, ' ').trim()}`;
        case 'lookup':
          return t('room.lookupText', { table: from.table === '' ? '…' : from.table, key: from.key === '' ? '…' : from.key });
        case 'forEach': {
          const parts = [...(from.filter === undefined ? [] : [t('room.filtered')]), ...(from.sort === undefined ? [] : [t('room.sorted')]), ...(from.groupBy === undefined ? [] : [t('room.groupedBy', { field: from.groupBy })])];
          return [t('room.eachOf', { list: from.path === '' ? '…' : from.path }), ...parts].join(', ');
        }
      }
    };
    const call = ({ fn, args }: MappingFunction): string => [t.has(`functions.${fn}`) ? t(`functions.${fn}`) : fn, ...args.map(argumentText).filter((text) => text !== '')].join(' ');
    return (rule) => ({
      source: source(rule),
      functions: rule.functions.map(call),
      when:
        rule.when === undefined || rule.when.rules.length === 0
          ? ''
          : `${t('onlyWhen')} ${rule.when.rules.map(({ path, operator, value }) => `${path} ${forms(`operators.${operator}`)} ${exampleOf(value)}`.trim()).join(rule.when.match === 'all' ? ` ${t('room.and')} ` : ` ${t('room.or')} `)}`,
      missing: rule.onMissing === 'skip' ? '' : `${t('ifMissing')} ${typeof rule.onMissing === 'string' ? t(`missing.${rule.onMissing}`) : exampleOf(rule.onMissing.default)}`,
    });
  }, [t, forms]);
}

/** The whole sentence as one text. */
export function sentenceText({ source, functions, when, missing }: Sentence): string {
  return [[source, ...functions].join(' → '), when, missing].filter((part) => part !== '').join('; ');
}

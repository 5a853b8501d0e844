import { useTranslations } from 'next-intl';
import { createElement, Fragment, type ReactNode } from 'react';
import type { FormField } from '#engine/flow/field-meta.ts';
import { FieldSource } from './field-source.tsx';
import { useFormWorld } from './form-world.ts';

export interface FieldText {
  label: string;
  /** What the field is for, and where it is written down what it means. */
  help: ReactNode;
  optionLabel(option: string): string;
}

/** Label, help and option texts of a field: `nodes.<kind>.fields.<path>.…`, the path dotted for fields of a group. */
export function useFieldText(field: FormField, path: string): FieldText {
  const { kind } = useFormWorld();
  const t = useTranslations(`nodes.${kind}.fields.${path}`);
  const { source } = field.meta;
  const text = field.meta.help === true ? t('help') : undefined;
  return {
    label: t('label'),
    help: source === undefined ? text : createElement(Fragment, null, text, text === undefined ? null : ' ', createElement(FieldSource, { url: source })),
    optionLabel: (option) => t(`options.${option}`),
  };
}

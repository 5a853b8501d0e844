import { useTranslations } from 'next-intl';
import type { FormField } from '#engine/flow/field-meta.ts';
import { useFormWorld } from './form-world.ts';

export interface FieldText {
  label: string;
  help: string | undefined;
  optionLabel(option: string): string;
}

/** Label, help and option texts of a field: `nodes.<kind>.fields.<path>.…`, the path dotted for fields of a group. */
export function useFieldText(field: FormField, path: string): FieldText {
  const { kind } = useFormWorld();
  const t = useTranslations(`nodes.${kind}.fields.${path}`);
  return {
    label: t('label'),
    help: field.meta.help === true ? t('help') : undefined,
    optionLabel: (option) => t(`options.${option}`),
  };
}

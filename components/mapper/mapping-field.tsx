'use client';

import { Maximize2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useDesigner, useDesignerStore } from '#components/designer/use-designer.ts';
import { FieldGroup } from '#components/schema-form/field-group.tsx';
import type { FormFieldProps } from '#components/schema-form/field-props.ts';
import { useFormWorld } from '#components/schema-form/form-world.ts';
import { useFieldError } from '#components/schema-form/use-field-error.ts';
import { useFieldText } from '#components/schema-form/use-field-text.ts';
import { Button } from '#components/ui/button.tsx';
import { countRules } from '#engine/mapping/count-rules.ts';
import { Mapper } from './mapper.tsx';
import { mappingJson, readMapping } from './mapping-json.ts';

/** More rows than this are no list to work in: they belong into the room. */
const MOST_ROWS = 60;

/** The mapping of a node in the inspector: a short one as a list of rows, and the way to the mapper at full size. */
export function MappingField({ field, path, value, onChange, onDone }: FormFieldProps) {
  const t = useTranslations('mapping');
  const { label } = useFieldText(field, path);
  const error = useFieldError(path);
  const { sample, readOnly } = useFormWorld();
  const store = useDesignerStore();
  const open = useDesigner((state) => state.mapperOpen);
  const mapping = readMapping(value);
  const count = countRules(mapping.rules);
  return (
    <FieldGroup
      label={label}
      error={error}
      aside={
        <Button size="sm" className="-mt-1 mb-0.5 h-6!" onClick={() => store.setState({ mapperOpen: true })}>
          <Maximize2 aria-hidden className="size-3.5" />
          {t('openRoom')}
        </Button>
      }
    >
      {open ? (
        <p className="text-xs text-text-muted">{t('roomOpen')}</p>
      ) : count > MOST_ROWS ? (
        <p className="text-xs text-text-muted">{t('manyRules', { count })}</p>
      ) : (
        <Mapper mapping={mapping} sample={sample} readOnly={readOnly} path={path} onDone={onDone} onChange={(next) => onChange(mappingJson(next))} />
      )}
    </FieldGroup>
  );
}

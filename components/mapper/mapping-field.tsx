'use client';

import { Maximize2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { FieldGroup } from '#components/schema-form/field-group.tsx';
import type { FormFieldProps } from '#components/schema-form/field-props.ts';
import { useFormWorld } from '#components/schema-form/form-world.ts';
import { useFieldError } from '#components/schema-form/use-field-error.ts';
import { useFieldText } from '#components/schema-form/use-field-text.ts';
import { IconButton } from '#components/ui/icon-button.tsx';
import { Sheet } from '#components/ui/sheet.tsx';
import { Mapper } from './mapper.tsx';
import { mappingJson, readMapping } from './mapping-json.ts';

/** The mapping of a node, in the inspector or in a panel of its own. */
export function MappingField({ field, path, value, onChange, onDone }: FormFieldProps) {
  const t = useTranslations('mapping');
  const { label } = useFieldText(field, path);
  const error = useFieldError(path);
  const { sample, readOnly } = useFormWorld();
  const [large, setLarge] = useState(false);
  const mapper = (
    <Mapper
      mapping={readMapping(value)}
      sample={sample}
      readOnly={readOnly}
      path={path}
      onDone={onDone}
      onChange={(mapping) => onChange(mappingJson(mapping))}
    />
  );
  return (
    <FieldGroup
      label={label}
      error={error}
      aside={<IconButton size="sm" className="-my-2" label={t('openLarge')} icon={<Maximize2 />} onClick={() => setLarge(true)} />}
    >
      {!large && mapper}
      <Sheet open={large} onOpenChange={setLarge} title={label} description={t('sentence')} className="max-w-[min(76rem,96vw)]!">
        <div className="p-4">{mapper}</div>
      </Sheet>
    </FieldGroup>
  );
}

'use client';

import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { IconButton } from '#components/ui/icon-button.tsx';
import { JsonInput } from '#components/schema-form/json-input.tsx';
import { RulesEditor } from '#components/schema-form/rules-editor.tsx';
import type { MappingRule } from '#engine/mapping/mapping-schema.ts';
import { useScopeSuggestions } from './mapper-scope.ts';
import { useMapperWorld } from './mapper-world.ts';
import { missingChoice } from './row-menu.tsx';

interface RowOptionsProps {
  rule: MappingRule;
  number: string;
  path: string;
  onChange: (part: Partial<MappingRule>) => void;
}

/** The rest of a row's sentence, where it says more than usual: *when …*, *if missing …*. */
export function RowOptions({ rule, number, path, onChange }: RowOptionsProps) {
  const t = useTranslations('mapping');
  const { readOnly, onDone } = useMapperWorld();
  const suggestions = useScopeSuggestions();
  const missing = missingChoice(rule.onMissing);
  // `null` and `fail` say themselves beside the functions; only these need room of their own.
  if (rule.when === undefined && missing !== 'default') return null;
  return (
    <div className="flex flex-col gap-1.5 border-t border-border px-2 py-1.5 pl-8">
      {missing === 'default' && (
        <div className="flex items-center gap-2 text-xs">
          <span className="text-text-muted">{t('ifMissing')}</span>
          <span>{t(`missing.${missing}`)}</span>
          {typeof rule.onMissing === 'object' && (
            <JsonInput
              className="max-w-48"
              aria-label={t('defaultValue', { number })}
              readOnly={readOnly}
              value={rule.onMissing.default}
              onValueChange={(value) => onChange({ onMissing: { default: value } })}
              onBlur={onDone}
            />
          )}
        </div>
      )}
      {rule.when !== undefined && (
        <div>
          <div className="mb-1 flex items-center justify-between text-xs text-text-muted">
            {t('onlyWhen')}
            {!readOnly && <IconButton size="sm" label={t('removeCondition', { number })} icon={<X />} onClick={() => onChange({ when: undefined })} />}
          </div>
          <RulesEditor path={`${path}.when`} value={rule.when} suggestions={suggestions} onDone={onDone} onChange={(when) => onChange({ when })} />
        </div>
      )}
    </div>
  );
}

'use client';

import { useTranslations } from 'next-intl';
import { JsonInput } from '#components/schema-form/json-input.tsx';
import { PathInput } from '#components/schema-form/path-input.tsx';
import { SuggestInput } from '#components/schema-form/suggest-input.tsx';
import { useFormWorld } from '#components/schema-form/form-world.ts';
import { Select } from '#components/ui/select.tsx';
import type { LookupSource, OnMiss } from '#engine/mapping/mapping-schema.ts';
import { useScopeSuggestions } from './mapper-scope.ts';
import { useMapperWorld } from './mapper-world.ts';

interface LookupInputProps {
  source: LookupSource;
  number: string;
  onChange: (source: LookupSource) => void;
}

/** A look-up as a sentence: take this column of that table, where its key is this field; and what to do where the table has no such key. */
export function LookupInput({ source, number, onChange }: LookupInputProps) {
  const t = useTranslations('mapping.lookup');
  const { tables } = useFormWorld();
  const { readOnly, onDone } = useMapperWorld();
  const fields = useScopeSuggestions();
  const table = tables?.find(({ name }) => name === source.table);
  const miss = typeof source.onMiss === 'string' ? source.onMiss : 'default';
  return (
    <div className="flex min-w-0 flex-1 flex-col gap-1.5">
      <div className="flex flex-wrap items-center gap-1">
        <span className="flex min-w-32 flex-1 items-center gap-1">
          <SuggestInput
            size="sm"
            aria-label={t('table', { number })}
            placeholder={t('tablePlaceholder')}
            readOnly={readOnly}
            value={source.table}
            suggestions={(tables ?? []).map(({ name, columns }) => ({ value: name, hint: columns.join(', ') }))}
            nothing={t('noTable')}
            onValueChange={(next) => onChange({ ...source, table: next })}
            onChoose={(next) => {
              const columns = tables?.find(({ name }) => name === next)?.columns ?? [];
              onChange({ ...source, table: next, field: columns.includes(source.field) ? source.field : columns.length === 1 && columns[0] !== 'value' ? (columns[0] ?? '') : '' });
            }}
            onBlur={onDone}
          />
        </span>
        <span className="text-xs text-text-muted">{t('column')}</span>
        <span className="min-w-24 flex-1">
          <SuggestInput
            size="sm"
            aria-label={t('columnOf', { number })}
            placeholder={t('wholeRow')}
            readOnly={readOnly}
            value={source.field}
            suggestions={(table?.columns ?? []).filter((value) => value !== 'value').map((value) => ({ value }))}
            onValueChange={(field) => onChange({ ...source, field })}
            onBlur={onDone}
          />
        </span>
      </div>
      <div className="flex flex-wrap items-center gap-1">
        <span className="text-xs text-text-muted">{t('where')}</span>
        <span className="min-w-32 flex-1">
          <PathInput aria-label={t('key', { number })} placeholder={t('keyPlaceholder')} readOnly={readOnly} value={source.key} suggestions={fields} onValueChange={(key) => onChange({ ...source, key })} onBlur={onDone} />
        </span>
        <span className="text-xs text-text-muted">{t('ifMiss')}</span>
        <Select
          size="sm"
          className="max-w-44"
          aria-label={t('onMiss', { number })}
          disabled={readOnly}
          value={miss}
          options={MISSES.map((value) => ({ value, label: t(`miss.${value}`) }))}
          onValueChange={(value) => onChange({ ...source, onMiss: toOnMiss(value, source.onMiss) })}
        />
        {typeof source.onMiss === 'object' && (
          <JsonInput className="max-w-32" aria-label={t('missDefault', { number })} readOnly={readOnly} value={source.onMiss.default} onValueChange={(value) => onChange({ ...source, onMiss: { default: value } })} onBlur={onDone} />
        )}
      </div>
    </div>
  );
}

const MISSES = ['fail', 'null', 'skip', 'default'] as const;

function toOnMiss(choice: string, before: OnMiss): OnMiss {
  if (choice === 'null' || choice === 'skip') return choice;
  if (choice === 'default') return typeof before === 'object' ? before : { default: '' };
  return 'fail';
}

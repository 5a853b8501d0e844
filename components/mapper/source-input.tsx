'use client';

import { useTranslations } from 'next-intl';
import { Input } from '#components/ui/input.tsx';
import { JsonInput } from '#components/schema-form/json-input.tsx';
import { PathInput } from '#components/schema-form/path-input.tsx';
import type { MappingRule } from '#engine/mapping/mapping-schema.ts';
import { proposeTarget } from './edit-rules.ts';
import { FormulaInput } from './formula-input.tsx';
import { LookupInput } from './lookup-input.tsx';
import { useScopeSuggestions } from './mapper-scope.ts';
import { useMapperWorld } from './mapper-world.ts';

interface SourceInputProps {
  rule: MappingRule;
  number: string;
  earlierTargets: readonly string[];
  onChange: (part: Partial<MappingRule>) => void;
}

/** Where a row's value comes from: a field picked or typed, a fixed value, a field mapped above, the item's number. */
export function SourceInput({ rule, number, earlierTargets, onChange }: SourceInputProps) {
  const t = useTranslations('mapping');
  const { readOnly, onDone } = useMapperWorld();
  const { source, target } = rule;
  const fields = useScopeSuggestions(source.type === 'forEach' ? 'list' : undefined);
  const label = t('sourceField', { number });
  if (source.type === 'index') return <Input size="sm" readOnly tabIndex={-1} className="min-w-0 flex-1" aria-label={label} value={t('indexText')} />;
  if (source.type === 'constant') {
    return (
      <JsonInput
        aria-label={label}
        placeholder={t('constantPlaceholder')}
        className="min-w-0 flex-1"
        readOnly={readOnly}
        value={source.value}
        onValueChange={(value) => onChange({ source: { type: 'constant', value } })}
        onBlur={onDone}
      />
    );
  }
  if (source.type === 'formula') {
    return <FormulaInput aria-label={label} value={source.expression} readOnly={readOnly} onValueChange={(expression) => onChange({ source: { type: 'formula', expression } })} onBlur={onDone} />;
  }
  if (source.type === 'lookup') return <LookupInput source={source} number={number} onChange={(next) => onChange({ source: next })} />;
  return (
    <div className="min-w-0 flex-1">
      <PathInput
        aria-label={label}
        placeholder={t(source.type === 'forEach' ? 'listPlaceholder' : source.type === 'target' ? 'mappedPlaceholder' : 'fieldPlaceholder')}
        readOnly={readOnly}
        value={source.path}
        suggestions={source.type === 'target' ? earlierTargets.map((value) => ({ value })) : fields}
        onValueChange={(path) => onChange({ source: { ...source, path } })}
        onChoose={(path) => {
          // A field that was picked proposes its own name as target; what was typed is left alone.
          const proposed = target === '' && source.type !== 'target' ? proposeTarget(path) : target;
          const list = source.type === 'forEach' && proposed !== '' && !proposed.endsWith('[]');
          onChange({ source: { ...source, path }, target: list ? `${proposed}[]` : proposed });
        }}
        onBlur={onDone}
      />
    </div>
  );
}

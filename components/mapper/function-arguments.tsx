'use client';

import { Plus, Trash2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '#components/ui/button.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { Input } from '#components/ui/input.tsx';
import { Select } from '#components/ui/select.tsx';
import { JsonInput } from '#components/schema-form/json-input.tsx';
import { PathInput } from '#components/schema-form/path-input.tsx';
import { textOf } from '#engine/flow/json.ts';
import type { ArgumentSpec, FunctionSpec } from '#engine/mapping/function-spec.ts';
import type { MappingArgument } from '#engine/mapping/mapping-schema.ts';
import { useScopeSuggestions } from './mapper-scope.ts';
import { ARGUMENT_KINDS, readArgument } from './read-argument.ts';

interface FunctionArgumentsProps {
  spec: FunctionSpec;
  args: readonly MappingArgument[];
  earlierTargets: readonly string[];
  onChange: (args: MappingArgument[]) => void;
}

/** The arguments of a function: each a fixed value, a field, or a field mapped above. */
export function FunctionArguments({ spec, args, earlierTargets, onChange }: FunctionArgumentsProps) {
  const t = useTranslations('mapping');
  const last = spec.args.at(-1);
  const many = last?.many === true ? last : undefined;
  const fixed = many === undefined ? spec.args : spec.args.slice(0, -1);
  const rest = args.slice(fixed.length);
  const set = (index: number, value: MappingArgument) => onChange(Object.assign(fill(args, index), { [index]: value }));
  return (
    <div className="flex flex-col gap-2.5">
      {fixed.map((argument, index) => (
        <ArgumentRow
          key={argument.name}
          spec={argument}
          label={t(`arguments.${argument.name}`)}
          value={args[index] ?? ''}
          earlierTargets={earlierTargets}
          onChange={(value) => set(index, value)}
        />
      ))}
      {many !== undefined && (
        <>
          {rest.map((value, index) => (
            <div key={index} className="flex items-end gap-1">
              <ArgumentRow
                spec={many}
                label={`${t(`arguments.${many.name}`)} ${index + 1}`}
                value={value}
                earlierTargets={earlierTargets}
                onChange={(next) => set(fixed.length + index, next)}
              />
              <IconButton
                size="sm"
                label={t('removeArgument', { number: index + 1 })}
                icon={<Trash2 />}
                onClick={() => onChange(args.filter((_, at) => at !== fixed.length + index))}
              />
            </div>
          ))}
          <Button size="sm" variant="quiet" className="self-start" onClick={() => onChange([...fill(args, fixed.length - 1), { path: '' }])}>
            <Plus aria-hidden className="size-3.5" />
            {t('addArgument')}
          </Button>
        </>
      )}
    </div>
  );
}

interface ArgumentRowProps {
  spec: ArgumentSpec;
  label: string;
  value: MappingArgument;
  earlierTargets: readonly string[];
  onChange: (value: MappingArgument) => void;
}

function ArgumentRow({ spec, label, value, earlierTargets, onChange }: ArgumentRowProps) {
  const t = useTranslations('mapping');
  const fields = useScopeSuggestions();
  const read = readArgument(value);
  return (
    <div className="min-w-0 flex-1">
      <p className="mb-1 text-xs font-medium">
        {label}
        {spec.optional === true && <span className="ml-1 font-normal text-text-muted">{t('optional')}</span>}
      </p>
      {spec.options !== undefined ? (
        <Select
          size="sm"
          aria-label={label}
          value={typeof value === 'string' && value !== '' ? value : spec.options[0]}
          options={spec.options.map((option) => ({ value: option, label: /^[a-z]+$/i.test(option) ? t(`options.${option}`) : option }))}
          onValueChange={onChange}
        />
      ) : (
        <div className="flex gap-1">
          <Select
            size="sm"
            className="max-w-24 shrink-0"
            aria-label={t('argumentKind', { argument: label })}
            value={read.kind}
            options={ARGUMENT_KINDS.map((option) => ({ value: option, label: t(`argument.${option}`) }))}
            onValueChange={(next) => onChange(next === 'path' ? { path: '' } : next === 'target' ? { target: '' } : '')}
          />
          {read.kind === 'value' && spec.type === 'text' && (
            <Input size="sm" mono aria-label={label} value={textOf(read.value)} onChange={(event) => onChange(event.target.value)} />
          )}
          {read.kind === 'value' && spec.type !== 'text' && <JsonInput aria-label={label} value={read.value} onValueChange={onChange} />}
          {read.kind === 'path' && <PathInput aria-label={label} value={read.path} suggestions={fields} onValueChange={(path) => onChange({ path })} />}
          {read.kind === 'target' && (
            <PathInput aria-label={label} value={read.path} suggestions={earlierTargets.map((target) => ({ value: target }))} onValueChange={(target) => onChange({ target })} />
          )}
        </div>
      )}
    </div>
  );
}

/** A copy long enough to hold the place `index`. */
function fill(args: readonly MappingArgument[], index: number): MappingArgument[] {
  const next = [...args];
  while (next.length <= index) next.push('');
  return next;
}

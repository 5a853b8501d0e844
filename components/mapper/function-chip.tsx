'use client';

import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Popover } from 'radix-ui';
import { cn } from '#components/ui/cn.ts';
import { exampleOf } from '#components/schema-form/sample-paths.ts';
import { findMappingFunction } from '#engine/mapping/functions.ts';
import type { MappingArgument, MappingFunction } from '#engine/mapping/mapping-schema.ts';
import { FunctionArguments } from './function-arguments.tsx';
import { useMapperWorld } from './mapper-world.ts';
import { readArgument } from './read-argument.ts';

interface FunctionChipProps {
  entry: MappingFunction;
  number: string;
  earlierTargets: readonly string[];
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onChange: (entry: MappingFunction) => void;
  onRemove: () => void;
}

/** One function as a chip that reads as a phrase; opens to its arguments. */
export function FunctionChip({ entry, number, earlierTargets, open, onOpenChange, onChange, onRemove }: FunctionChipProps) {
  const t = useTranslations('mapping');
  const { readOnly, onDone } = useMapperWorld();
  const spec = findMappingFunction(entry.fn);
  const label = t.has(`functions.${entry.fn}`) ? t(`functions.${entry.fn}`) : entry.fn;
  const phrase = entry.args.map(argumentText).filter((text) => text !== '').join(', ');
  return (
    <span className="inline-flex h-6 max-w-56 items-center rounded-sm bg-accent-tint text-xs text-accent">
      <Popover.Root
        open={open && spec !== undefined && spec.args.length > 0}
        onOpenChange={(next) => {
          onOpenChange(next);
          if (!next) onDone();
        }}
      >
        <Popover.Trigger asChild>
          <button
            type="button"
            aria-label={phrase === '' ? label : `${label} ${phrase}`}
            className={cn('truncate rounded-sm px-1.5', (spec?.args.length ?? 0) === 0 && 'cursor-default')}
          >
            {label}
            {phrase !== '' && <span className="ml-1 font-mono text-text">{phrase}</span>}
          </button>
        </Popover.Trigger>
        <Popover.Portal>
          <Popover.Content
            onFocusOutside={(event) => event.preventDefault()}
            align="start" sideOffset={4} collisionPadding={8} aria-label={label} className="z-60 w-80 rounded-md bg-raised p-3 shadow-float animate-enter">
            {spec !== undefined && <FunctionArguments spec={spec} args={entry.args} earlierTargets={earlierTargets} onChange={(args) => onChange({ ...entry, args })} />}
          </Popover.Content>
        </Popover.Portal>
      </Popover.Root>
      {!readOnly && (
        <button type="button" aria-label={t('removeFunction', { fn: label, number })} className="rounded-sm p-1 hover:bg-surface-3" onClick={onRemove}>
          <X aria-hidden className="size-3" />
        </button>
      )}
    </span>
  );
}

/** An argument as the chip shows it. */
export function argumentText(argument: MappingArgument): string {
  const read = readArgument(argument);
  if (read.kind === 'path') return read.path;
  if (read.kind === 'target') return `→ ${read.path}`;
  if (typeof read.value === 'string') return read.value === '' ? '' : `“${read.value}”`;
  return exampleOf(read.value);
}

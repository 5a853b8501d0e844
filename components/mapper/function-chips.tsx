'use client';

import { Plus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Menu, MenuItem, MenuLabel } from '#components/ui/menu.tsx';
import { findMappingFunction, mappingFunctionIds } from '#engine/mapping/functions.ts';
import type { MappingFunction, MappingRule } from '#engine/mapping/mapping-schema.ts';
import { FunctionChip } from './function-chip.tsx';
import { useMapperWorld } from './mapper-world.ts';

interface FunctionChipsProps {
  rule: MappingRule;
  number: string;
  earlierTargets: readonly string[];
  onChange: (part: Partial<MappingRule>) => void;
}

/** The functions a value goes through, in order, and a menu of all by what they work on. */
export function FunctionChips({ rule, number, earlierTargets, onChange }: FunctionChipsProps) {
  const t = useTranslations('mapping');
  const { readOnly } = useMapperWorld();
  const [opened, setOpened] = useState<number | null>(null);
  const { functions } = rule;
  const write = (next: MappingFunction[]) => onChange({ functions: next });
  return (
    <div className="flex min-w-0 flex-wrap items-center gap-1">
      {functions.map((entry, index) => (
        <FunctionChip
          key={index}
          entry={entry}
          number={number}
          earlierTargets={earlierTargets}
          open={opened === index}
          onOpenChange={(open) => setOpened(open ? index : null)}
          onChange={(next) => write(functions.map((other, at) => (at === index ? next : other)))}
          onRemove={() => {
            setOpened(null);
            write(functions.filter((_, at) => at !== index));
          }}
        />
      ))}
      {!readOnly && (
        <Menu
          className="max-h-80"
          trigger={
            <Button size="sm" variant="quiet" className="h-6 px-1 text-text-muted" aria-label={t('addFunction', { number })}>
              <Plus aria-hidden className="size-3.5" />
              {functions.length === 0 && t('function')}
            </Button>
          }
        >
          {GROUPS.map((group) => (
            <div key={group}>
              <MenuLabel>{t(`functionGroups.${group}`)}</MenuLabel>
              {mappingFunctionIds
                .filter((id) => id.startsWith(`${group}.`))
                .map((id) => (
                  <MenuItem
                    key={id}
                    onSelect={() => {
                      write([...functions, newFunction(id)]);
                      // The closing menu first gives the focus back to its button; the arguments open after that.
                      if ((findMappingFunction(id)?.args.length ?? 0) > 0) requestAnimationFrame(() => setTimeout(() => setOpened(functions.length)));
                    }}
                  >
                    {t(`functions.${id}`)}
                  </MenuItem>
                ))}
            </div>
          ))}
        </Menu>
      )}
    </div>
  );
}

const GROUPS = ['text', 'number', 'date', 'list', 'logic', 'convert'] as const;

/** A function with empty arguments of the right number. */
function newFunction(fn: string): MappingFunction {
  const args = findMappingFunction(fn)?.args ?? [];
  return { fn, args: args.filter(({ optional = false, many = false }) => !optional && !many).map(({ type, options }) => options?.[0] ?? (type === 'number' ? 0 : '')) };
}

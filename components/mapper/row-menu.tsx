'use client';

import { ArrowDown, ArrowUp, CopyPlus, ListFilter, MoreVertical, Trash2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { IconButton } from '#components/ui/icon-button.tsx';
import { Menu, MenuChoice, MenuItem, MenuLabel, MenuSeparator } from '#components/ui/menu.tsx';
import type { MappingRule, OnMissing } from '#engine/mapping/mapping-schema.ts';
import { copyRule, moveRule, removeRule, replaceRule } from './edit-rules.ts';

interface RowMenuProps {
  rule: MappingRule;
  rules: readonly MappingRule[];
  number: string;
  onChange: (rules: MappingRule[]) => void;
}

/** What can be done with a row beyond its sentence. */
export function RowMenu({ rule, rules, number, onChange }: RowMenuProps) {
  const t = useTranslations('mapping');
  const at = rules.findIndex((other) => other.id === rule.id);
  return (
    <>
      <IconButton size="sm" label={t('remove', { number })} icon={<Trash2 />} onClick={() => onChange(removeRule(rules, rule.id))} />
      <Menu align="end" trigger={<IconButton size="sm" label={t('rowMenu', { number })} icon={<MoreVertical />} />}>
        <MenuItem icon={<ArrowUp />} disabled={at === 0} onSelect={() => onChange(moveRule(rules, rule.id, -1))}>
          {t('moveUp')}
        </MenuItem>
        <MenuItem icon={<ArrowDown />} disabled={at === rules.length - 1} onSelect={() => onChange(moveRule(rules, rule.id, 1))}>
          {t('moveDown')}
        </MenuItem>
        <MenuItem icon={<CopyPlus />} onSelect={() => onChange([...rules.slice(0, at + 1), copyRule(rule), ...rules.slice(at + 1)])}>
          {t('duplicate')}
        </MenuItem>
        <MenuSeparator />
        <MenuItem
          icon={<ListFilter />}
          disabled={rule.when !== undefined}
          onSelect={() => onChange(replaceRule(rules, { ...rule, when: { match: 'all', rules: [{ path: '', operator: 'equals', value: '' }] } }))}
        >
          {t('addCondition')}
        </MenuItem>
        <MenuSeparator />
        <MenuLabel>{t('onMissing')}</MenuLabel>
        <MenuChoice
          value={missingChoice(rule.onMissing)}
          options={MISSING.map((choice) => ({ value: choice, label: t(`missing.${choice}`) }))}
          onValueChange={(choice) => onChange(replaceRule(rules, { ...rule, onMissing: toOnMissing(choice, rule.onMissing) }))}
        />
      </Menu>
    </>
  );
}

export const MISSING = ['skip', 'null', 'fail', 'default'] as const;

export function missingChoice(onMissing: OnMissing): (typeof MISSING)[number] {
  return typeof onMissing === 'string' ? onMissing : 'default';
}

export function toOnMissing(choice: string, before: OnMissing): OnMissing {
  if (choice === 'null' || choice === 'fail') return choice;
  if (choice === 'default') return typeof before === 'object' ? before : { default: '' };
  return 'skip';
}

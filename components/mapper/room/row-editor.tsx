'use client';

import { ArrowDown, ArrowUp, CopyPlus, ListFilter, MoreVertical, Trash2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { IconButton } from '#components/ui/icon-button.tsx';
import { Input } from '#components/ui/input.tsx';
import { Menu, MenuChoice, MenuItem, MenuLabel, MenuSeparator } from '#components/ui/menu.tsx';
import { Select } from '#components/ui/select.tsx';
import type { MappingRule } from '#engine/mapping/mapping-schema.ts';
import { asList, convertRule, SOURCE_TYPES } from '../convert-source.ts';
import { FunctionChips } from '../function-chips.tsx';
import { ListOptions } from '../list-options.tsx';
import { type MapperScope, MapperScopeContext } from '../mapper-scope.ts';
import { duplicateRule, moveRuleById, removeRuleById, updateRule } from '../model/edit-by-id.ts';
import { innerLevel } from '../model/levels.ts';
import type { PlacedRule } from '../model/place-rules.ts';
import { missingChoice, MISSING, toOnMissing } from '../row-menu.tsx';
import { RowOptions } from '../row-options.tsx';
import { useRowErrors } from '../rule-row.tsx';
import { SourceInput } from '../source-input.tsx';
import { Cells } from './cells.tsx';
import { levelFields, ungrouped } from './level-fields.ts';
import { useRoom } from './room-context.ts';
import { useRoomData } from './room-data.ts';

/** One rule, opened: every part of its sentence can be changed, and all its results stand below. */
export function RowEditor({ placed }: { placed: PlacedRule }) {
  const t = useTranslations('mapping');
  const room = useRoom();
  const { sample, preview, sourceRoots } = useRoomData();
  const { rule, level, number } = placed;
  const path = `mapping.${placed.at}`;
  const errors = useRowErrors(path);
  const { source } = rule;
  const earlierTargets = useMemo(() => level.rules.slice(0, level.rules.findIndex(({ id }) => id === rule.id)).flatMap(({ target }) => (target === '' ? [] : [target])), [level, rule.id]);
  const scope = useMemo((): MapperScope => ({ sample: sample?.data, parent: null, preview, fields: levelFields(level, sourceRoots) }), [sample, preview, level, sourceRoots]);
  const inner = source.type === 'forEach' ? innerLevel(rule, level) : null;
  const innerScope = useMemo((): MapperScope | null => (inner === null ? null : { sample: undefined, parent: null, preview, fields: levelFields(ungrouped(inner), sourceRoots) }), [inner, preview, sourceRoots]);
  const change = (part: Partial<MappingRule>) => room.edit((mapping) => updateRule(mapping, rule.id, (before) => ({ ...before, ...part })), `rule:${rule.id}:${Object.keys(part).join()}`);
  return (
    <MapperScopeContext value={scope}>
      <div role="group" aria-label={t('row', { number })} className="flex flex-col gap-2">
        <div className="flex items-start gap-1">
          <Select
            size="sm"
            className="max-w-32 shrink-0"
            aria-label={t('sourceType', { number })}
            disabled={room.readOnly}
            value={source.type}
            options={SOURCE_TYPES.filter((type) => type !== 'index' || level.parent !== null || source.type === 'index').map((type) => ({ value: type, label: t(`source.${type}`) }))}
            onValueChange={(type) => change(convertRule(rule, type))}
          />
          <SourceInput rule={rule} number={number} earlierTargets={earlierTargets} onChange={change} />
          <span className="flex h-7 items-center text-xs text-text-muted">{t('to')}</span>
          <Input
            size="sm"
            mono
            className="max-w-48 min-w-24 flex-1"
            aria-label={t('target', { number })}
            placeholder={source.type === 'forEach' ? 'lines[]' : t('targetPlaceholder')}
            readOnly={room.readOnly}
            spellCheck={false}
            value={rule.target}
            onChange={(event) => change({ target: event.target.value })}
            onBlur={() => {
              if (source.type === 'forEach' && rule.target !== asList(rule.target)) change({ target: asList(rule.target) });
              room.done();
            }}
          />
          {!room.readOnly && <RuleMenu placed={placed} onChange={change} />}
        </div>
        {source.type !== 'forEach' && <FunctionChips rule={rule} number={number} earlierTargets={earlierTargets} onChange={change} />}
        {source.type === 'forEach' && innerScope !== null && (
          <MapperScopeContext value={innerScope}>
            <ListOptions source={source} number={number} path={`${path}.source`} onChange={(next) => change({ source: next })} />
          </MapperScopeContext>
        )}
        <RowOptions rule={rule} number={number} path={path} onChange={change} />
        {rule.onMissing !== 'skip' && typeof rule.onMissing === 'string' && (
          <p className="text-xs text-text-muted">
            {t('ifMissing')} {t(`missing.${rule.onMissing}`)}
          </p>
        )}
        {errors.length > 0 && <p className="text-xs text-failed">{errors.join(' ')}</p>}
        {source.type !== 'forEach' && <Cells placed={placed} />}
      </div>
    </MapperScopeContext>
  );
}

function RuleMenu({ placed, onChange }: { placed: PlacedRule; onChange: (part: Partial<MappingRule>) => void }) {
  const t = useTranslations('mapping');
  const room = useRoom();
  const { rule, number, level } = placed;
  const at = level.rules.findIndex(({ id }) => id === rule.id);
  return (
    <>
      <Menu align="end" trigger={<IconButton size="sm" label={t('rowMenu', { number })} icon={<MoreVertical />} />}>
        <MenuItem icon={<ListFilter />} disabled={rule.when !== undefined} onSelect={() => onChange({ when: { match: 'all', rules: [{ path: '', operator: 'equals', value: '' }] } })}>
          {t('addCondition')}
        </MenuItem>
        <MenuItem icon={<CopyPlus />} onSelect={() => room.edit((mapping) => duplicateRule(mapping, rule.id))}>
          {t('duplicate')}
        </MenuItem>
        <MenuItem icon={<ArrowUp />} disabled={at === 0} onSelect={() => room.edit((mapping) => moveRuleById(mapping, rule.id, -1))}>
          {t('moveUp')}
        </MenuItem>
        <MenuItem icon={<ArrowDown />} disabled={at === level.rules.length - 1} onSelect={() => room.edit((mapping) => moveRuleById(mapping, rule.id, 1))}>
          {t('moveDown')}
        </MenuItem>
        <MenuSeparator />
        <MenuLabel>{t('onMissing')}</MenuLabel>
        <MenuChoice
          value={missingChoice(rule.onMissing)}
          options={MISSING.map((choice) => ({ value: choice, label: t(`missing.${choice}`) }))}
          onValueChange={(choice) => onChange({ onMissing: toOnMissing(choice, rule.onMissing) })}
        />
      </Menu>
      <IconButton size="sm" label={t('remove', { number })} icon={<Trash2 />} onClick={() => room.edit((mapping) => removeRuleById(mapping, rule.id))} />
    </>
  );
}

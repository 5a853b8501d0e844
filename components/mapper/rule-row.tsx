'use client';

import { ArrowRight } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { cn } from '#components/ui/cn.ts';
import { Input } from '#components/ui/input.tsx';
import { Select } from '#components/ui/select.tsx';
import { useFormWorld } from '#components/schema-form/form-world.ts';
import { useProblemWords } from '#components/schema-form/use-problem-words.ts';
import type { MappingRule } from '#engine/mapping/mapping-schema.ts';
import { asList, convertRule, SOURCE_TYPES } from './convert-source.ts';
import { isBlank, replaceRule } from './edit-rules.ts';
import { FunctionChips } from './function-chips.tsx';
import { itemScope, MapperScopeContext, useMapperScope } from './mapper-scope.ts';
import { useMapperWorld } from './mapper-world.ts';
import { ListOptions } from './list-options.tsx';
import { RowMenu } from './row-menu.tsx';
import { RowOptions } from './row-options.tsx';
import { RowResult } from './row-result.tsx';
import { SourceInput } from './source-input.tsx';

export interface RuleListProps {
  rules: readonly MappingRule[];
  /** Dotted name of the list inside the configuration. */
  path: string;
  /** Number of the group these rows lie in, with a dot behind: `3.`. */
  prefix: string;
  onChange: (rules: MappingRule[]) => void;
}

export interface RuleRowProps {
  rule: MappingRule;
  /** All rows of the level, for what moves or removes this one. */
  rules: readonly MappingRule[];
  /** As people count: `3`, inside a group `3.1`. */
  number: string;
  path: string;
  earlierTargets: readonly string[];
  onChange: (rules: MappingRule[]) => void;
  /** Draws the rows of a group: a list of rows holds rows, which hold lists. */
  renderRules: (list: RuleListProps) => ReactNode;
}

/** One row: source → functions → target, and its result. A group has rows of its own. */
export function RuleRow({ rule, rules, number, path, earlierTargets, onChange, renderRules }: RuleRowProps) {
  const t = useTranslations('mapping');
  const scope = useMapperScope();
  const { readOnly, onDone } = useMapperWorld();
  const found = useRowErrors(path);
  // A row just added is not wrong yet; the list of problems names it all the same.
  const errors = isBlank(rule) ? [] : found;
  const change = (part: Partial<MappingRule>) => onChange(replaceRule(rules, { ...rule, ...part }));
  const { source } = rule;
  const wrong = errors.length > 0;
  return (
    <div role="group" aria-label={t('row', { number })} className={cn('rounded-md border bg-raised', wrong ? 'border-failed' : 'border-border')}>
      <div className="flex items-center gap-1 p-1">
        <span aria-hidden className="w-6 shrink-0 text-center text-2xs text-text-muted">
          {number}
        </span>
        <Select
          size="sm"
          className="max-w-29 shrink-0"
          aria-label={t('sourceType', { number })}
          disabled={readOnly}
          value={source.type}
          options={SOURCE_TYPES.map((type) => ({ value: type, label: t(`source.${type}`) }))}
          onValueChange={(type) => change(convertRule(rule, type))}
        />
        <SourceInput rule={rule} number={number} earlierTargets={earlierTargets} onChange={change} />
        <ArrowRight aria-label={t('to')} className="size-3.5 shrink-0 text-text-muted" />
        <Input
          size="sm"
          mono
          className="min-w-0 flex-1"
          aria-label={t('target', { number })}
          placeholder={source.type === 'forEach' ? 'lines[]' : t('targetPlaceholder')}
          readOnly={readOnly}
          spellCheck={false}
          value={rule.target}
          onChange={(event) => change({ target: event.target.value })}
          onBlur={() => {
            if (source.type === 'forEach' && rule.target !== '') change({ target: asList(rule.target) });
            onDone();
          }}
        />
        {!readOnly && <RowMenu rule={rule} rules={rules} number={number} onChange={onChange} />}
      </div>
      {source.type !== 'forEach' && (
        <div className="flex min-h-7 flex-wrap items-center gap-x-2 gap-y-0.5 pr-2 pb-1 pl-8">
          <FunctionChips rule={rule} number={number} earlierTargets={earlierTargets} onChange={change} />
          {(rule.onMissing === 'fail' || rule.onMissing === 'null') && (
            <span className="shrink-0 text-2xs text-text-muted">
              {t('ifMissing')} {t(`missing.${rule.onMissing}`)}
            </span>
          )}
          <RowResult ruleId={rule.id} />
        </div>
      )}
      <RowOptions rule={rule} number={number} path={path} onChange={change} />
      {wrong && <p className="px-2 pb-1.5 pl-8 text-xs text-failed">{errors.join(' ')}</p>}
      {source.type === 'forEach' && (
        <div className="border-t border-border bg-surface-2 p-1.5 pl-4">
          <MapperScopeContext value={itemScope(scope, source.path)}>
            <div className="mb-1.5">
              <ListOptions source={source} number={number} path={`${path}.source`} onChange={(next) => change({ source: next })} />
            </div>
            {renderRules({
              rules: source.rules,
              path: `${path}.source.rules`,
              prefix: `${number}.`,
              onChange: (inner) => change({ source: { ...source, rules: inner } }),
            })}
          </MapperScopeContext>
        </div>
      )}
    </div>
  );
}

/** Problems of this row that none of the rows inside it has. */
export function useRowErrors(path: string): string[] {
  const { problems } = useFormWorld();
  const text = useProblemWords();
  const own = problems.filter(({ field }) => field !== undefined && (field === path || field.startsWith(`${path}.`)) && !field.startsWith(`${path}.source.rules.`) && !field.startsWith(`${path}.when`));
  // Without a target the row is named by that alone: other texts would have to call it by its target.
  const unnamed = own.filter(({ code }) => code === 'mapping_target_empty');
  return (unnamed.length > 0 ? unnamed : own).map(text);
}

'use client';

import { ListPlus, Plus, Wand2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '#components/ui/button.tsx';
import { isBlank, newListRule, newRule, rulesFromSample, usedSources } from './edit-rules.ts';
import { useMapperScope } from './mapper-scope.ts';
import { useMapperWorld } from './mapper-world.ts';
import { RuleRow, type RuleListProps } from './rule-row.tsx';

/** The rows of one level, and what adds to them. */
export function RuleList({ rules, path, prefix, onChange }: RuleListProps) {
  const t = useTranslations('mapping');
  const { readOnly } = useMapperWorld();
  const { sample } = useMapperScope();
  const offered = readOnly ? [] : rulesFromSample(sample, usedSources(rules));
  const targets = rules.map((rule) => rule.target).filter((target) => target !== '');
  return (
    <div className="flex flex-col gap-1.5">
      {rules.map((rule, index) => (
        <RuleRow
          key={rule.id}
          rule={rule}
          rules={rules}
          number={`${prefix}${index + 1}`}
          path={`${path}.${index}`}
          earlierTargets={targets.slice(0, index)}
          onChange={onChange}
          renderRules={(inner) => <RuleList {...inner} />}
        />
      ))}
      {!readOnly && (
        <div className="flex flex-wrap gap-1">
          <Button size="sm" variant="quiet" onClick={() => onChange([...rules, newRule()])}>
            <Plus aria-hidden className="size-3.5" />
            {t('addField')}
          </Button>
          <Button size="sm" variant="quiet" onClick={() => onChange([...rules, newListRule()])}>
            <ListPlus aria-hidden className="size-3.5" />
            {t('addList')}
          </Button>
          {offered.length > 0 && (
            <Button size="sm" variant="quiet" onClick={() => onChange([...rules.filter((rule) => !isBlank(rule)), ...offered])}>
              <Wand2 aria-hidden className="size-3.5" />
              {t('addAll', { count: offered.length })}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}

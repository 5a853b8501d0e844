'use client';

import { ArrowDownUp, Filter, Group, Plus, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { PathInput } from '#components/schema-form/path-input.tsx';
import { RulesEditor } from '#components/schema-form/rules-editor.tsx';
import { Button } from '#components/ui/button.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { Select } from '#components/ui/select.tsx';
import type { ForEachSource } from '#engine/mapping/mapping-schema.ts';
import { useScopeSuggestions } from './mapper-scope.ts';
import { useMapperWorld } from './mapper-world.ts';

interface ListOptionsProps {
  source: ForEachSource;
  number: string;
  /** Dotted name of the source inside the configuration. */
  path: string;
  onChange: (source: ForEachSource) => void;
}

const MOST_SORTS = 5;

/** Which items of a paired list, in what order, and whether items that agree become one. Paths are those of an item. */
export function ListOptions({ source, number, path, onChange }: ListOptionsProps) {
  const t = useTranslations('mapping.list');
  const { readOnly, onDone } = useMapperWorld();
  const fields = useScopeSuggestions();
  const { filter, sort, groupBy } = source;
  const without = (key: 'filter' | 'sort' | 'groupBy') => {
    const { [key]: _gone, ...rest } = source;
    onChange(rest);
  };
  return (
    <div className="flex flex-col gap-2">
      {filter !== undefined && (
        <div>
          <Head icon={<Filter />} text={t('filter')} remove={readOnly ? undefined : { label: t('removeFilter', { number }), onClick: () => without('filter') }} />
          <RulesEditor path={`${path}.filter`} value={filter} suggestions={fields} onDone={onDone} onChange={(next) => onChange({ ...source, filter: next })} />
        </div>
      )}
      {sort !== undefined && (
        <div className="flex flex-col gap-1">
          <Head icon={<ArrowDownUp />} text={t('sort')} remove={readOnly ? undefined : { label: t('removeSort', { number }), onClick: () => without('sort') }} />
          {sort.map((order, index) => (
            <div key={index} className="flex items-center gap-1">
              <PathInput aria-label={t('sortBy', { place: index + 1, number })} readOnly={readOnly} value={order.path} suggestions={fields} onBlur={onDone} onValueChange={(next) => onChange({ ...source, sort: sort.with(index, { ...order, path: next }) })} />
              <Select
                size="sm"
                className="max-w-40 shrink-0"
                aria-label={t('direction', { place: index + 1, number })}
                disabled={readOnly}
                value={order.direction}
                options={[{ value: 'up', label: t('up') }, { value: 'down', label: t('down') }]}
                onValueChange={(next) => onChange({ ...source, sort: sort.with(index, { ...order, direction: next === 'down' ? 'down' : 'up' }) })}
              />
            </div>
          ))}
          {!readOnly && sort.length < MOST_SORTS && (
            <Button size="sm" variant="quiet" className="self-start" onClick={() => onChange({ ...source, sort: [...sort, { path: '', direction: 'up' }] })}>
              <Plus aria-hidden className="size-3.5" />
              {t('thenBy')}
            </Button>
          )}
        </div>
      )}
      {groupBy !== undefined && (
        <div>
          <Head icon={<Group />} text={t('group')} remove={readOnly ? undefined : { label: t('removeGroup', { number }), onClick: () => without('groupBy') }} />
          <PathInput aria-label={t('groupBy', { number })} readOnly={readOnly} value={groupBy} suggestions={fields} onBlur={onDone} onValueChange={(next) => onChange({ ...source, groupBy: next })} />
          <p className="mt-1 text-xs text-text-muted">{t('groupHelp')}</p>
        </div>
      )}
      {!readOnly && (
        <div className="flex flex-wrap gap-1">
          {filter === undefined && (
            <Button size="sm" variant="quiet" onClick={() => onChange({ ...source, filter: { match: 'all', rules: [{ path: '', operator: 'equals', value: '' }] } })}>
              <Filter aria-hidden className="size-3.5" />
              {t('addFilter')}
            </Button>
          )}
          {sort === undefined && (
            <Button size="sm" variant="quiet" onClick={() => onChange({ ...source, sort: [{ path: '', direction: 'up' }] })}>
              <ArrowDownUp aria-hidden className="size-3.5" />
              {t('addSort')}
            </Button>
          )}
          {groupBy === undefined && (
            <Button size="sm" variant="quiet" onClick={() => onChange({ ...source, groupBy: '' })}>
              <Group aria-hidden className="size-3.5" />
              {t('addGroup')}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}

function Head({ icon, text, remove }: { icon: React.ReactNode; text: string; remove: { label: string; onClick: () => void } | undefined }) {
  return (
    <div className="flex h-7 items-center gap-1.5 text-xs text-text-muted [&_svg]:size-3.5">
      {icon}
      <span className="flex-1">{text}</span>
      {remove !== undefined && <IconButton size="sm" label={remove.label} icon={<X />} onClick={remove.onClick} />}
    </div>
  );
}

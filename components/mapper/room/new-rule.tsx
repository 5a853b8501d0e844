'use client';

import { Sparkles } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useMemo, useState } from 'react';
import { PathInput } from '#components/schema-form/path-input.tsx';
import { Button } from '#components/ui/button.tsx';
import type { MappingSource } from '#engine/mapping/mapping-schema.ts';
import { newRule } from '../edit-rules.ts';
import { addRuleAt } from '../model/connect.ts';
import { rootLevel } from '../model/levels.ts';
import type { TargetNode } from '../model/target-tree.ts';
import { levelFields } from './level-fields.ts';
import { useRoom } from './room-context.ts';
import { useRoomData } from './room-data.ts';

interface NewRuleProps {
  node: TargetNode;
  onAccept: () => void;
  /** A field was taken; the row needs nothing more. */
  onTaken: () => void;
}

/** An empty target, opened: take a field by its name, accept what is suggested, or begin with another kind of value. */
export function NewRule({ node, onAccept, onTaken }: NewRuleProps) {
  const t = useTranslations('mapping');
  const room = useRoom();
  const { sourceRoots, suggestions } = useRoomData();
  const [text, setText] = useState('');
  const fields = useMemo(() => levelFields(rootLevel([]), sourceRoots), [sourceRoots]);
  const isList = node.type === 'list' && node.children.length > 0;
  const suggestion = suggestions.get(node.path);
  const begin = (source: MappingSource) =>
    room.edit((mapping) => {
      const added = addRuleAt(mapping, node.path, (target) => ({ ...newRule('', target), source }));
      if (added === null) room.say(t('room.refused.unpaired', { source: '…', target: node.name }));
      return added === null ? mapping : added.mapping;
    });
  const take = (path: string) => {
    if (!room.draw(path, node.path)) return;
    onTaken();
    room.focus('target');
  };
  const offered = isList ? fields.lists : fields.all;
  return (
    <div className="flex flex-wrap items-center gap-1.5">
      <span className="min-w-48 flex-1">
        <PathInput
          aria-label={t('room.sourceFor', { target: node.path })}
          placeholder={t(isList ? 'listPlaceholder' : 'fieldPlaceholder')}
          autoFocus
          eager
          readOnly={room.readOnly}
          value={text}
          // What is suggested stands on top: Enter takes it.
          suggestions={suggestion === undefined ? offered : [...offered.filter(({ value }) => value === suggestion.source), ...offered.filter(({ value }) => value !== suggestion.source)]}
          onValueChange={setText}
          onChoose={take}
        />
      </span>
      {suggestion !== undefined && (
        <Button size="sm" onClick={onAccept} title={suggestion.reasons.map((reason) => t(`room.reasons.${reason}`)).join(', ')}>
          <Sparkles aria-hidden className="size-3.5" />
          {suggestion.source}
        </Button>
      )}
      {!isList && !room.readOnly && (
        <>
          <span className="text-xs text-text-muted">{t('room.orTake')}</span>
          <Button size="sm" variant="quiet" onClick={() => begin({ type: 'constant', value: '' })}>
            {t('source.constant')}
          </Button>
          <Button size="sm" variant="quiet" onClick={() => begin({ type: 'formula', expression: '' })}>
            {t('source.formula')}
          </Button>
          <Button size="sm" variant="quiet" onClick={() => begin({ type: 'lookup', table: '', key: '', field: '', onMiss: 'fail' })}>
            {t('source.lookup')}
          </Button>
          <Button size="sm" variant="quiet" onClick={() => begin({ type: 'target', path: '' })}>
            {t('source.target')}
          </Button>
          {node.path.includes('[]') && (
            <Button size="sm" variant="quiet" onClick={() => begin({ type: 'index' })}>
              {t('source.index')}
            </Button>
          )}
        </>
      )}
    </div>
  );
}

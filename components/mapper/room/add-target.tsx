'use client';

import { Plus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Input } from '#components/ui/input.tsx';
import { asList } from '../convert-source.ts';
import { newListRule, newRule } from '../edit-rules.ts';
import { addRuleAt } from '../model/connect.ts';
import { useRoom, useRoomView } from './room-context.ts';
import { activate } from './room-view.ts';

/** A target by typing: its name and Enter. A field that is held is drawn into it at once. */
export function AddTarget() {
  const t = useTranslations('mapping.room');
  const room = useRoom();
  const held = useRoomView((view) => (view.held?.side === 'source' ? view.held.path : null));
  const [text, setText] = useState('');
  function add(): void {
    const typed = text.trim();
    if (typed === '') return;
    const heldIsList = held !== null && room.sourceNode(held)?.type === 'list' && room.sourceNode(held)?.records === true;
    const list = typed.endsWith('[]') || heldIsList;
    let ok = false;
    room.edit((mapping) => {
      const added = addRuleAt(mapping, list ? asList(typed) : typed, (target) => (list ? newListRule('', target, []) : newRule('', target)));
      ok = added !== null;
      return added === null ? mapping : added.mapping;
    });
    const path = typed.replace(/\[\]$/, '');
    if (!ok) {
      room.say(t('refused.unreadable', { source: held ?? '', target: typed }));
      return;
    }
    setText('');
    // The tree takes the new field in first.
    requestAnimationFrame(() => {
      if (held !== null) {
        room.view.setState({ held: null });
        room.draw(held, path);
      } else {
        activate(room.view, 'target', path);
        room.view.setState({ open: path });
      }
    });
  }
  return (
    <div className="flex shrink-0 items-center gap-2 border-t border-border px-2 py-1.5">
      <Input
        size="sm"
        mono
        icon={<Plus />}
        aria-label={t('addTarget')}
        placeholder={t('addTargetPlaceholder')}
        spellCheck={false}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          event.preventDefault();
          add();
        }}
      />
    </div>
  );
}

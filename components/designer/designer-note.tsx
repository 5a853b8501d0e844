'use client';

import type { NodeProps } from '@xyflow/react';
import { useTranslations } from 'next-intl';
import { memo, useState } from 'react';
import { NoteCard } from '#components/canvas/note-card.tsx';
import { noteText } from '#components/canvas/note-text.ts';
import type { CanvasNode } from '#components/canvas/to-graph.ts';
import { useDesigner, useDesignerStore } from './use-designer.ts';

/** A sticky note: double-click or Enter to write on it. */
export const DesignerNote = memo(function DesignerNote({ id, data, selected }: NodeProps<CanvasNode>) {
  const t = useTranslations('designer.note');
  const store = useDesignerStore();
  const readOnly = useDesigner((state) => state.readOnly);
  const [editing, setEditing] = useState(false);
  const text = noteText(data.node);
  if (!editing || readOnly) {
    return (
      <div onDoubleClick={() => setEditing(true)}>
        <NoteCard text={text} placeholder={t('placeholder')} selected={selected} />
      </div>
    );
  }
  return (
    <textarea
      // The field opens where the person has just double-clicked.
      autoFocus
      aria-label={t('label')}
      className="weft-node nodrag nowheel block field-sizing-content min-h-16 w-60 resize-none rounded-md border border-accent bg-waiting-tint p-3 text-sm leading-5 outline-none"
      value={text}
      onChange={(event) =>
        store.getState().apply({ type: 'setConfig', nodeId: id, config: { ...data.node.config, text: event.target.value } }, `note:${id}`)
      }
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Escape') setEditing(false);
      }}
      onBlur={() => {
        setEditing(false);
        store.getState().endGesture();
      }}
    />
  );
});

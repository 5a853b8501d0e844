'use client';

import { Plus, Trash2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '#components/ui/button.tsx';
import { showOnCanvas } from './canvas/canvas-ui.ts';
import { indexOf } from './doc-index.ts';
import { EdgeRecords } from './samples/edge-records.tsx';
import { useDesigner, useDesignerStore } from './use-designer.ts';

/** An edge: what it joins, and its removal. */
export function EdgeInspector({ edgeId }: { edgeId: string }) {
  const t = useTranslations('designer.inspector');
  const canvas = useTranslations('canvas.edge');
  const store = useDesignerStore();
  const doc = useDesigner((state) => state.doc);
  const readOnly = useDesigner((state) => state.readOnly);
  const edge = indexOf(doc).edge(edgeId);
  if (edge === undefined) return null;
  const label = (id: string) => indexOf(doc).node(id)?.label ?? id;
  return (
    <div className="flex flex-col items-start gap-3 p-4">
      <h2 className="text-sm font-semibold">{t('edge')}</h2>
      <p className="text-sm">{t('edgeFromTo', { from: label(edge.from.node), to: label(edge.to.node) })}</p>
      {!readOnly && (
        <div className="flex flex-wrap gap-2">
          <Button
            size="sm"
            onClick={(event) => {
              const { left, bottom } = event.currentTarget.getBoundingClientRect();
              showOnCanvas(store, { quickAdd: { screen: { x: left, y: bottom + 4 }, edgeId } });
            }}
          >
            <Plus aria-hidden className="size-3.5" />
            {canvas('insert')}
          </Button>
          <Button size="sm" onClick={() => store.getState().apply({ type: 'removeEdge', edgeId })}>
            <Trash2 aria-hidden className="size-3.5" />
            {t('removeEdge')}
          </Button>
        </div>
      )}
      <EdgeRecords edge={edge} />
    </div>
  );
}

'use client';

import { Trash2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '#components/ui/button.tsx';
import { indexOf } from './doc-index.ts';
import { EdgeRecords } from './samples/edge-records.tsx';
import { useDesigner, useDesignerStore } from './use-designer.ts';

/** An edge: what it joins, and its removal. */
export function EdgeInspector({ edgeId }: { edgeId: string }) {
  const t = useTranslations('designer.inspector');
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
        <Button size="sm" onClick={() => store.getState().apply({ type: 'removeEdge', edgeId })}>
          <Trash2 aria-hidden className="size-3.5" />
          {t('removeEdge')}
        </Button>
      )}
      <EdgeRecords edge={edge} />
    </div>
  );
}

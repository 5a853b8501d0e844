'use client';

import { Trash2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '#components/ui/button.tsx';
import { FlowSettingsForm } from './flow-settings-form.tsx';
import { EdgeInspector } from './edge-inspector.tsx';
import { NodeInspector } from './node-inspector.tsx';
import { removeSelection } from './selection-ops.ts';
import { useDesigner, useDesignerStore } from './use-designer.ts';
import { INSPECTOR_ID } from './use-shortcuts.ts';

/** The panel beside the canvas: what is selected, or the flow itself. */
export function Inspector() {
  const t = useTranslations('designer.inspector');
  const nodes = useDesigner((state) => state.selectedNodes);
  const edges = useDesigner((state) => state.selectedEdges);
  const [nodeId] = nodes;
  const [edgeId] = edges;
  return (
    <aside id={INSPECTOR_ID} aria-label={t('label')} className="h-full overflow-y-auto bg-surface">
      {nodes.length + edges.length > 1 ? (
        <ManySelected count={nodes.length} edges={edges.length} />
      ) : nodeId !== undefined ? (
        <NodeInspector key={nodeId} nodeId={nodeId} />
      ) : edgeId !== undefined ? (
        <EdgeInspector key={edgeId} edgeId={edgeId} />
      ) : (
        <FlowSettingsForm />
      )}
    </aside>
  );
}

function ManySelected({ count, edges }: { count: number; edges: number }) {
  const t = useTranslations('designer.inspector');
  const store = useDesignerStore();
  const readOnly = useDesigner((state) => state.readOnly);
  return (
    <div className="flex flex-col items-start gap-3 p-4">
      <h2 className="text-sm font-semibold">{t('many', { nodes: count, edges })}</h2>
      <p className="text-xs text-text-muted">{t('manyHelp')}</p>
      {!readOnly && (
        <Button
          size="sm"
          onClick={() => {
            const { doc, selectedNodes, selectedEdges, apply } = store.getState();
            const op = removeSelection(doc, selectedNodes, selectedEdges);
            if (op !== null) apply(op);
          }}
        >
          <Trash2 aria-hidden className="size-3.5" />
          {t('removeSelected')}
        </Button>
      )}
    </div>
  );
}

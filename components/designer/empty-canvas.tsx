'use client';

import { useTranslations } from 'next-intl';
import { NodeIcon } from '#components/canvas/node-icon.tsx';
import { nodeKindList } from './kinds.ts';
import { useAddNode } from './use-add-node.ts';
import { useDesigner, useDesignerStore } from './use-designer.ts';
import { focusNode } from './use-shortcuts.ts';

/** The first step, where the flow will be: choose what starts it. */
export function EmptyCanvas() {
  const t = useTranslations();
  const addNode = useAddNode();
  const store = useDesignerStore();
  const readOnly = useDesigner((state) => state.readOnly);
  return (
    <div className="pointer-events-none absolute inset-0 flex items-center justify-center overflow-auto p-6">
      <section className="pointer-events-auto w-full max-w-100 rounded-lg border border-border bg-raised p-5 shadow-raised">
        <h2 className="text-base font-semibold">{t('designer.empty.title')}</h2>
        <p className="mt-1 text-sm text-text-muted">{t(readOnly ? 'designer.empty.readOnly' : 'designer.empty.text')}</p>
        {!readOnly && (
          <ul className="mt-4 flex flex-col gap-1.5">
            {nodeKindList()
              .filter((kind) => kind.group === 'trigger')
              .map((kind) => (
                <li key={kind.kind}>
                  <button
                    type="button"
                    className="flex w-full items-center gap-3 rounded-md border border-border px-3 py-2 text-left hover:border-border-strong hover:bg-surface-2"
                    onClick={() => {
                      addNode(kind.kind);
                      // The button goes with the first node: the keyboard goes on there, once its card is drawn.
                      requestAnimationFrame(() => requestAnimationFrame(() => focusNode(store.getState().selectedNodes[0])));
                    }}
                  >
                    <NodeIcon icon={kind.icon} group={kind.group} />
                    <span className="min-w-0">
                      <span className="block text-sm font-medium">{t('designer.empty.start', { kind: t(`nodes.${kind.kind}.label`) })}</span>
                      <span className="block text-xs text-text-muted">{t(`nodes.${kind.kind}.description`)}</span>
                    </span>
                  </button>
                </li>
              ))}
          </ul>
        )}
      </section>
    </div>
  );
}

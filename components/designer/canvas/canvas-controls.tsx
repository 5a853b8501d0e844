'use client';

import { ControlButton, Controls, type FitViewOptions } from '@xyflow/react';
import { BoxSelect, SquarePlus, Search, Workflow } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { memo } from 'react';
import { ViewButtons } from '#components/canvas/view-buttons.tsx';
import { useDesigner, useDesignerStore } from '../use-designer.ts';
import { openQuickAdd } from './actions/quick-add.ts';
import { showOnCanvas } from './canvas-ui.ts';
import type { EditActions } from './use-edit-actions.ts';

/** Buttons in the corner of the canvas: the view, and what a tablet has no keys for. */
export const CanvasControls = memo(function CanvasControls({ actions, fit }: { actions: EditActions; fit: FitViewOptions }) {
  const t = useTranslations('canvas.tools');
  const store = useDesignerStore();
  const readOnly = useDesigner((state) => state.readOnly);
  const marquee = useDesigner((state) => state.canvas.marquee);
  const tidying = useDesigner((state) => state.canvas.tidying);
  const several = useDesigner((state) => state.doc.nodes.length > 1);
  return (
    <Controls showZoom={false} showFitView={false} showInteractive={false} orientation="horizontal" position="bottom-left">
      <ViewButtons fit={fit} />
      <ControlButton title={t('find')} aria-label={t('find')} onClick={() => showOnCanvas(store, { finding: true })}>
        <Search aria-hidden />
      </ControlButton>
      {!readOnly && (
        <>
          <ControlButton
            title={t('add')}
            aria-label={t('add')}
            onClick={(event) => {
              const { left, top } = event.currentTarget.getBoundingClientRect();
              openQuickAdd(store, { x: left, y: top - 392 });
            }}
          >
            <SquarePlus aria-hidden />
          </ControlButton>
          <ControlButton
            title={t('select')}
            aria-label={t('select')}
            aria-pressed={marquee}
            className={marquee ? 'weft-pressed' : undefined}
            onClick={() => showOnCanvas(store, { marquee: !marquee })}
          >
            <BoxSelect aria-hidden />
          </ControlButton>
          {several && (
            <ControlButton title={tidying ? t('tidying') : t('tidy')} aria-label={t('tidy')} aria-busy={tidying} disabled={tidying} onClick={() => void actions.tidy()}>
              <Workflow aria-hidden />
            </ControlButton>
          )}
        </>
      )}
    </Controls>
  );
});

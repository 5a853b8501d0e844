'use client';

import { useTranslations } from 'next-intl';
import { SplitPane } from '#components/ui/split-pane.tsx';
import { cn } from '#components/ui/cn.ts';
import { BottomPanel } from './bottom-panel.tsx';
import { CanvasPane } from './canvas-pane.tsx';
import { indexOf } from './doc-index.ts';
import { Inspector } from './inspector.tsx';
import { OutlinePane } from './outline/outline-pane.tsx';
import { Palette } from './palette.tsx';
import { SoftLock } from './presence/soft-lock.tsx';
import { useDesigner } from './use-designer.ts';
import { useMediaQuery } from './use-media-query.ts';

/** Palette, canvas, inspector and the panel below, on screens that have room for them. */
export function DesignerRoom() {
  const t = useTranslations('designer');
  const readOnly = useDesigner((state) => state.readOnly);
  const bottom = useDesigner((state) => state.bottom);
  const view = useDesigner((state) => state.view);
  // A mapping needs the width of a sentence, everything else that of a form.
  const wide = useDesigner((state) => state.selectedNodes.length === 1 && indexOf(state.doc).node(state.selectedNodes[0] ?? '')?.kind === 'map');
  const large = useMediaQuery('(min-width: 1280px)');
  const size = wide ? (large ? 640 : 480) : large ? 360 : 320;
  return (
    <div className="flex min-h-0 flex-1">
      {/* The outline asks for a node kind where it is added. */}
      {!readOnly && view === 'canvas' && (
        <div className={cn('w-44 shrink-0 border-r border-border xl:w-52', wide && !large && 'hidden')}>
          <Palette />
        </div>
      )}
      <SplitPane
        className="min-w-0 flex-1"
        label={t('inspector.resize')}
        initial={size}
        min={280}
        max={1100}
        first={
          <SplitPane
            direction="column"
            className="h-full"
            label={t('bottom.resize')}
            initial={280}
            min={120}
            max={640}
            first={view === 'outline' ? <OutlinePane /> : <CanvasPane />}
            second={bottom === null ? null : <BottomPanel />}
          />
        }
        second={
          <SoftLock>
            <Inspector />
          </SoftLock>
        }
      />
    </div>
  );
}

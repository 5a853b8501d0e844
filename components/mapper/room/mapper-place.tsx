'use client';

import { useSearchParams } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { type ReactNode, useEffect, useRef } from 'react';
import { indexOf } from '#components/designer/doc-index.ts';
import { useDesigner, useDesignerStore } from '#components/designer/use-designer.ts';
import { useMediaQuery } from '#components/designer/use-media-query.ts';
import { Button } from '#components/ui/button.tsx';
import { MapperRoom } from './mapper-room.tsx';

/** The designer, and over it the mapper of the selected node while that is open. What lies below keeps its place but takes no part. */
export function MapperPlace({ children }: { children: ReactNode }) {
  const t = useTranslations('mapping');
  const store = useDesignerStore();
  const nodeId = useDesigner((state) => {
    const [id] = state.mapperOpen && state.selectedNodes.length === 1 ? state.selectedNodes : [];
    return id !== undefined && indexOf(state.doc).node(id)?.kind === 'map' ? id : null;
  });
  const open = nodeId !== null;
  const phone = useMediaQuery('(max-width: 767px)');
  const offered = useDesigner((state) => state.selectedNodes.length === 1 && indexOf(state.doc).node(state.selectedNodes[0] ?? '')?.kind === 'map');
  const asked = useSearchParams().get('mapper') === '1';
  const first = useRef(true);
  useEffect(() => {
    if (!first.current) return;
    first.current = false;
    if (asked) store.setState({ mapperOpen: true });
  }, [asked, store]);
  useEffect(() => {
    const url = new URL(window.location.href);
    if (open) url.searchParams.set('mapper', '1');
    else url.searchParams.delete('mapper');
    if (url.href !== window.location.href) window.history.replaceState(window.history.state, '', url);
    if (!open) return undefined;
    const before = document.activeElement;
    return () => {
      if (before instanceof HTMLElement) requestAnimationFrame(() => before.isConnected && before.focus());
    };
  }, [open]);
  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      <div
        inert={open}
        className="flex min-h-0 flex-1 flex-col"
        onDoubleClick={(event) => {
          const id = event.target instanceof Element ? event.target.closest('.react-flow__node')?.getAttribute('data-id') : null;
          if (id == null || indexOf(store.getState().doc).node(id)?.kind !== 'map') return;
          store.getState().select([id]);
          store.setState({ mapperOpen: true });
        }}
      >
        {children}
      </div>
      {phone && offered && !open && (
        <div className="border-t border-border p-2">
          <Button className="w-full" onClick={() => store.setState({ mapperOpen: true })}>
            {t('openRoom')}
          </Button>
        </div>
      )}
      {nodeId !== null && (
        <div className="absolute inset-0 z-20">
          <MapperRoom key={nodeId} nodeId={nodeId} onClose={() => store.setState({ mapperOpen: false })} />
        </div>
      )}
    </div>
  );
}

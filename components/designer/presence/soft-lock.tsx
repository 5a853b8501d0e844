import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Button } from '#components/ui/button.tsx';
import { useDesigner } from '../use-designer.ts';
import { holderOf } from './presence-store.ts';
import { PersonMark } from './person-mark.tsx';
import { usePresence, usePresenceStore } from './use-presence.ts';

/**
 * The settings of the selected node: while somebody else is editing them they can be read and not changed, and taken over with
 * one press. The lock keeps two people from typing against one another; what keeps edits from being lost is the draft's revision.
 */
export function SoftLock({ children }: { children: ReactNode }) {
  const t = useTranslations('presence');
  const presence = usePresenceStore();
  const nodeId = useDesigner((state) => (state.selectedNodes.length === 1 ? state.selectedNodes[0] : undefined));
  const holder = usePresence((state) => holderOf(state, nodeId));
  return (
    <div className="flex h-full min-h-0 flex-col" data-command-surface="settings">
      {holder !== null && (
        <div role="status" className="flex shrink-0 flex-wrap items-center gap-2 border-b border-border bg-waiting-tint px-4 py-2 text-xs text-waiting">
          <PersonMark userId={holder.userId} name={holder.name} size="sm" />
          <span className="min-w-0 flex-1">{holder.self ? t('heldByYou') : t('held', { name: holder.name })}</span>
          <Button
            size="sm"
            onClick={() => {
              presence.setState({ taking: nodeId ?? null });
              presence.getState().wake();
            }}
          >
            {t('takeOver')}
          </Button>
        </div>
      )}
      <div className="min-h-0 flex-1" inert={holder !== null}>
        {children}
      </div>
    </div>
  );
}

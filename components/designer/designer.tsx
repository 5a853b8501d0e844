'use client';

import { ReactFlowProvider } from '@xyflow/react';
import { useSearchParams } from 'next/navigation';
import { useEffect, useMemo, useState } from 'react';
import { MapperPlace } from '#components/mapper/room/mapper-place.tsx';
import { useCan } from '#components/shell/session-context.tsx';
import { useTrpcClient } from '#components/trpc/trpc.ts';
import type { FlowDocument } from '#engine/flow/document.ts';
import type { CheckScope } from '#engine/flow/problem.ts';
import type { FlowView } from '#server/views/flow.ts';
import { ConflictDialog } from './conflict-dialog.tsx';
import { DesignerCommands } from './designer-commands.tsx';
import { DesignerHeader } from './designer-header.tsx';
import { DesignerRoom } from './designer-room.tsx';
import { readSaveError } from './flow-actions.ts';
import { openStore } from './open-store.ts';
import { PhoneView } from './phone-view.tsx';
import { createPresenceStore } from './presence/presence-store.ts';
import { useBeat } from './presence/use-beat.ts';
import { PresenceContext } from './presence/use-presence.ts';
import { createSaveDriver } from './save-driver.ts';
import { PastRunBar } from './samples/past-run-bar.tsx';
import { DesignerContext, useDesigner } from './use-designer.ts';
import { useKnownConnections } from './use-connections.ts';
import { useDesignerLife } from './use-designer-life.ts';
import { useMediaQuery } from './use-media-query.ts';
import { useFlows, useLookupTables } from './use-surroundings.ts';

/** The flow designer: one store for the open flow, everything else derived from it. */
export function Designer({ flow, doc }: { flow: FlowView; doc: FlowDocument }) {
  const readOnly = !useCan('flow:edit');
  const mayPublishUnverified = useCan('flow:publish_unverified');
  const client = useTrpcClient();
  const search = useSearchParams();
  const phone = useMediaQuery('(max-width: 767px)');
  const [context] = useState(() => {
    const selected = search.get('node');
    const store = openStore({ flow, doc, readOnly, selectedNodes: selected === null ? [] : [selected], view: search.get('view') === 'outline' ? 'outline' : 'canvas' });
    const saver = createSaveDriver(store, async ({ revision, docText }) => {
      try {
        const saved = await client.flow.saveDraft.mutate({ flowId: flow.id, revision, docText });
        store.setState({ endpoints: saved.endpoints });
        return { type: 'saved', revision: saved.revision, savedAt: saved.savedAt };
      } catch (error) {
        return readSaveError(error);
      }
    });
    return { store, saver };
  });
  const connections = useKnownConnections(flow.retailerId);
  const flows = useFlows(flow.retailerId);
  const tables = useLookupTables(flow.retailerId);
  const scope = useMemo(
    (): CheckScope => ({
      ...(connections !== undefined && { connections: [...connections] }),
      mayPublishUnverified,
      flowId: flow.id,
      ...(flows !== undefined && { flows }),
      ...(tables !== undefined && { lookupTables: tables.map(({ name }) => name) }),
    }),
    [connections, mayPublishUnverified, flow.id, flows, tables],
  );
  const [presence] = useState(createPresenceStore);
  useDesignerLife(context, scope);
  useBeat({ store: context.store, presence });

  return (
    <DesignerContext value={context}>
      <PresenceContext value={presence}>
      <ReactFlowProvider>
        <div className="flex min-h-0 flex-1 flex-col">
          {/* First, so that the canvas and the outline, offering later, go before it. */}
          <DesignerCommands />
          <DesignerHeader flow={flow} />
          <PastRunBar />
          <MapperPlace>{phone ? <PhoneView /> : <DesignerRoom />}</MapperPlace>
          <ConflictDialog />
          <ViewInUrl />
        </div>
      </ReactFlowProvider>
      </PresenceContext>
    </DesignerContext>
  );
}

/** The selected node and the way to see the flow stand in the address, so that the view can be sent as a link. */
function ViewInUrl() {
  const selected = useDesigner((state) => (state.selectedNodes.length === 1 ? state.selectedNodes[0] : undefined));
  const view = useDesigner((state) => state.view);
  useEffect(() => {
    const url = new URL(window.location.href);
    if (selected === undefined) url.searchParams.delete('node');
    else url.searchParams.set('node', selected);
    if (view === 'canvas') url.searchParams.delete('view');
    else url.searchParams.set('view', view);
    if (url.href !== window.location.href) window.history.replaceState(window.history.state, '', url);
  }, [selected, view]);
  return null;
}

'use client';

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { FlowOverlay } from '#components/canvas/flow-overlay.tsx';
import { QueryFailure } from '#components/shell/query-failure.tsx';
import { useCan } from '#components/shell/session-context.tsx';
import { useTrpc } from '#components/trpc/trpc.ts';
import { Badge } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { Sheet } from '#components/ui/sheet.tsx';
import { Spinner } from '#components/ui/spinner.tsx';
import { TimeAgo } from '#components/ui/time-ago.tsx';
import type { FlowView, VersionListItem } from '#server/views/flow.ts';
import { useDesigner } from './use-designer.ts';
import { VersionDeed } from './version-deed.tsx';

/** All published versions, newest first: look at one, make it the draft again, or make it live. */
export function VersionsSheet({ flow, onClose }: { flow: FlowView; onClose: () => void }) {
  const t = useTranslations('designer.versions');
  const trpc = useTrpc();
  const query = useQuery(trpc.flow.versions.queryOptions({ flowId: flow.id }));
  const [viewed, setViewed] = useState<VersionListItem | null>(null);
  return (
    <Sheet open onOpenChange={(open) => !open && onClose()} title={t('title')} description={t('text')}>
      {query.isPending && (
        <p className="p-6 text-center">
          <Spinner label={t('loading')} />
        </p>
      )}
      {query.isError && <QueryFailure error={query.error} onRetry={() => void query.refetch()} />}
      {query.data?.length === 0 && <EmptyState title={t('emptyTitle')}>{t('empty')}</EmptyState>}
      <ul className="divide-y divide-border">
        {query.data?.map((version, index) => (
          <VersionLine key={version.id} flow={flow} version={version} first={index === 0} onView={() => setViewed(version)} onRestored={onClose} />
        ))}
      </ul>
      {viewed !== null && <VersionViewer version={viewed} onClose={() => setViewed(null)} />}
    </Sheet>
  );
}

interface VersionLineProps {
  flow: FlowView;
  version: VersionListItem;
  /** The list opens with the focus on its first entry. */
  first: boolean;
  onView: () => void;
  onRestored: () => void;
}

function VersionLine({ flow, version, first, onView, onRestored }: VersionLineProps) {
  const t = useTranslations('designer.versions');
  const readOnly = useDesigner((state) => state.readOnly);
  const mayPublish = useCan('flow:publish');
  const [deed, setDeed] = useState<'restore' | 'activate' | null>(null);
  const active = version.live && flow.live?.active === true;
  return (
    <li aria-label={t('version', { number: version.number })} className="flex flex-col gap-1.5 px-4 py-3">
      <p className="flex items-center gap-2">
        <span className="text-sm font-semibold" title={version.hash}>
          {t('version', { number: version.number })}
        </span>
        {version.live && <Badge tone={active ? 'success' : 'waiting'}>{t(active ? 'live' : 'paused')}</Badge>}
        <span className="ml-auto text-xs text-text-muted">
          <TimeAgo at={version.publishedAt} />
        </span>
      </p>
      {version.note !== null && version.note !== '' && <p className="text-sm break-words">{version.note}</p>}
      <p className="text-xs text-text-muted">
        {version.publishedByName ?? t('unknownPerson')}
      </p>
      <div className="flex flex-wrap gap-1.5">
        <Button size="sm" autoFocus={first} onClick={onView}>
          {t('view')}
        </Button>
        {!readOnly && (
          <Button size="sm" onClick={() => setDeed('restore')}>
            {t('restore')}
          </Button>
        )}
        {mayPublish && !active && (
          <Button size="sm" onClick={() => setDeed('activate')}>
            {t('activate')}
          </Button>
        )}
      </div>
      {deed !== null && <VersionDeed deed={deed} flowId={flow.id} version={version} onClose={() => setDeed(null)} onRestored={onRestored} />}
    </li>
  );
}

function VersionViewer({ version, onClose }: { version: VersionListItem; onClose: () => void }) {
  const t = useTranslations('designer.versions');
  const common = useTranslations('common');
  const trpc = useTrpc();
  const query = useQuery(trpc.flow.version.queryOptions({ versionId: version.id }));
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      size="lg"
      title={t('version', { number: version.number })}
      description={t('readOnly')}
      footer={<Button onClick={onClose}>{common('close')}</Button>}
    >
      <div className="h-[60dvh] overflow-hidden rounded-md border border-border">
        {query.data !== undefined && <FlowOverlay docText={query.data.docText} steps={[]} />}
        {query.isError && <QueryFailure error={query.error} onRetry={() => void query.refetch()} />}
      </div>
    </Dialog>
  );
}

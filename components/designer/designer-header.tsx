'use client';

import { Activity, ArrowLeft, CircleAlert, CircleCheck, FlaskConical, History, ListTree, Redo2, TriangleAlert, Undo2, Workflow } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { FlowDesk } from '#components/waiting/flow-desk.tsx';
import { useCan } from '#components/shell/session-context.tsx';
import { Button } from '#components/ui/button.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import type { FlowView } from '#server/views/flow.ts';
import { useCommands } from '#components/commands/command-context.tsx';
import { useCommandKey } from '#components/commands/key-hint.tsx';
import { FlowName } from './flow-name.tsx';
import { LiveState } from './live-state.tsx';
import { PresentPeople } from './presence/present-people.tsx';
import { PublishDialog } from './publish-dialog.tsx';
import { SaveStatus } from './save-status.tsx';
import { useDesigner, useDesignerStore } from './use-designer.ts';
import { VersionsSheet } from './versions-sheet.tsx';

/** The flow's own bar: where one is, what is saved, and the ways on. */
export function DesignerHeader({ flow }: { flow: FlowView }) {
  const t = useTranslations('designer.header');
  const store = useDesignerStore();
  const readOnly = useDesigner((state) => state.readOnly);
  const mayPublish = useCan('flow:publish');
  const mayTest = useCan('test:run');
  const testing = useDesigner((state) => state.bottom === 'test');
  const [publishing, setPublishing] = useState(false);
  const [versions, setVersions] = useState(false);
  const [desk, setDesk] = useState(false);
  const mayWatch = useCan('event:view');
  const waiting = useTranslations('waiting.desk');
  useCommands({ publish: { run: () => setPublishing(true), enabled: () => mayPublish }, versions: () => setVersions(true) });
  return (
    <header className="flex min-h-12 shrink-0 items-center gap-x-2 gap-y-1 max-md:flex-wrap md:max-xl:gap-x-1 border-b border-border bg-surface px-2 py-1.5">
      <Link
        href={`/retailers/${flow.retailerId}`}
        aria-label={t('back', { retailer: flow.retailerName })}
        className="flex h-8 max-w-40 shrink-0 items-center gap-1.5 rounded-md px-2 text-sm text-text-muted hover:bg-surface-3 hover:text-text"
      >
        <ArrowLeft aria-hidden className="size-4 shrink-0" />
        <span className="truncate max-xl:hidden">{flow.retailerName}</span>
      </Link>
      <span aria-hidden className="text-border-strong max-xl:hidden">
        /
      </span>
      <FlowName flow={flow} />
      <LiveState flow={flow} onVersions={() => setVersions(true)} />
      <div className="flex-1 max-md:hidden" />
      <PresentPeople />
      <SaveStatus />
      <ViewSwitch />
      {!readOnly && (
        <div className="hidden items-center md:flex">
          <UndoButtons />
          <ProblemsButton />
        </div>
      )}
      {mayWatch && (
        <span className="relative flex">
          <IconButton label={waiting('open')} icon={<Activity />} onClick={() => setDesk(true)} />
          {(flow.waiting > 0 || flow.live?.held === true) && <span aria-hidden className="pointer-events-none absolute top-1 right-1 size-2 rounded-full bg-waiting" />}
        </span>
      )}
      <IconButton label={t('versions')} icon={<History />} onClick={() => setVersions(true)} />
      {mayTest && (
        <Button className="max-md:hidden" aria-pressed={testing} onClick={() => store.setState({ bottom: testing ? null : 'test' })}>
          <FlaskConical aria-hidden className="size-4" />
          {t('test')}
        </Button>
      )}
      {mayPublish && (
        <Button variant="primary" className="max-md:hidden" onClick={() => setPublishing(true)}>
          {t('publish')}
        </Button>
      )}
      {desk && <FlowDesk flow={flow} onClose={() => setDesk(false)} />}
      {publishing && <PublishDialog flow={flow} onClose={() => setPublishing(false)} />}
      {versions && <VersionsSheet flow={flow} onClose={() => setVersions(false)} />}
    </header>
  );
}

/** Canvas or outline: the same flow, the same power. */
function ViewSwitch() {
  const t = useTranslations('outline');
  const store = useDesignerStore();
  const view = useDesigner((state) => state.view);
  const key = useCommandKey('outline');
  const next = view === 'canvas' ? 'outline' : 'canvas';
  return (
    <span className="max-md:hidden">
      <IconButton
        label={t(next === 'outline' ? 'show' : 'showCanvas')}
        shortcut={key}
        icon={next === 'outline' ? <ListTree /> : <Workflow />}
        aria-pressed={view === 'outline'}
        onClick={() => store.setState({ view: next })}
      />
    </span>
  );
}

function UndoButtons() {
  const undoKey = useCommandKey('undo');
  const redoKey = useCommandKey('redo');
  const t = useTranslations('designer.header');
  const store = useDesignerStore();
  const canUndo = useDesigner((state) => state.history.past.length > 0);
  const canRedo = useDesigner((state) => state.history.future.length > 0);
  return (
    <>
      <IconButton label={t('undo')} shortcut={undoKey} icon={<Undo2 />} disabled={!canUndo} onClick={() => store.getState().undo()} />
      <IconButton label={t('redo')} shortcut={redoKey} icon={<Redo2 />} disabled={!canRedo} onClick={() => store.getState().redo()} />
    </>
  );
}

function ProblemsButton() {
  const t = useTranslations('designer.header');
  const store = useDesignerStore();
  const shown = useDesigner((state) => state.bottom === 'problems');
  const errors = useDesigner((state) => state.problems.filter((problem) => problem.severity === 'error').length);
  const total = useDesigner((state) => state.problems.length);
  const icon =
    errors > 0 ? (
      <CircleAlert aria-hidden className="size-4 text-failed" />
    ) : total > 0 ? (
      <TriangleAlert aria-hidden className="size-4 text-waiting" />
    ) : (
      <CircleCheck aria-hidden className="size-4 text-success" />
    );
  return (
    <Button variant="quiet" aria-pressed={shown} onClick={() => store.setState({ bottom: shown ? null : 'problems' })}>
      {icon}
      <span className="max-xl:sr-only">{t('problems', { count: total })}</span>
      <span aria-hidden className="xl:hidden">
        {total}
      </span>
    </Button>
  );
}

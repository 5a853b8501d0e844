'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useErrorText } from '#components/i18n/use-error-text.ts';
import { readDocText } from '#components/canvas/read-doc-text.ts';
import { usePhrases } from '#components/canvas/use-phrases.ts';
import { useTrpcClient } from '#components/trpc/trpc.ts';
import { Button } from '#components/ui/button.tsx';
import { Menu, MenuItem, MenuLabel } from '#components/ui/menu.tsx';
import { useToast } from '#components/ui/toast.tsx';
import type { PresentPerson } from '#server/views/presence.ts';
import { indexOf } from '../doc-index.ts';
import { useDesigner, useDesignerStore } from '../use-designer.ts';
import { PersonMark } from './person-mark.tsx';
import { usePresence } from './use-presence.ts';

const MOST = 3;

/** Who else has this flow open, and the way to where they are; and that one of them saved a newer draft. */
export function PresentPeople() {
  const t = useTranslations('presence');
  const store = useDesignerStore();
  const others = usePresence((state) => state.others);
  return (
    <>
      <NewerDraft />
      {others.length > 0 && (
        <Menu
          align="end"
          trigger={
            <button type="button" aria-label={t('here', { count: others.length })} className="flex h-8 shrink-0 items-center rounded-md px-1 hover:bg-surface-3">
              {others.slice(0, MOST).map((person) => (
                <PersonMark key={person.tab} userId={person.userId} name={person.name} className="-ml-1.5 ring-2 ring-surface first:ml-0" />
              ))}
              {others.length > MOST && <span className="ml-1 text-2xs text-text-muted">+{others.length - MOST}</span>}
            </button>
          }
        >
          <MenuLabel>{t('here', { count: others.length })}</MenuLabel>
          {others.map((person) => (
            <MenuItem key={person.tab} icon={<PersonMark userId={person.userId} name={person.name} />} onSelect={() => person.nodeId !== null && store.getState().select([person.nodeId])}>
              <PersonText person={person} />
            </MenuItem>
          ))}
        </Menu>
      )}
    </>
  );
}

function PersonText({ person }: { person: PresentPerson }) {
  const t = useTranslations('presence');
  const phrases = usePhrases();
  const node = useDesigner((state) => (person.nodeId === null ? undefined : indexOf(state.doc).node(person.nodeId)));
  const at = node === undefined ? t('onFlow') : t(person.editing ? 'editsNode' : 'looksAtNode', { node: phrases.name(node) });
  return (
    <span className="flex max-w-64 flex-col">
      <span className="truncate">{person.self ? t('you', { name: person.name }) : person.name}</span>
      <span className="truncate text-2xs text-text-muted">{at}</span>
    </span>
  );
}

/** Taking it over is a choice: it is only offered while nothing here is unsaved, and undo leads back. */
function NewerDraft() {
  const t = useTranslations('presence');
  const client = useTrpcClient();
  const store = useDesignerStore();
  const toast = useToast();
  const errorText = useErrorText();
  const [loading, setLoading] = useState(false);
  const draft = usePresence((state) => state.draft);
  const newer = useDesigner((state) => state.save.status === 'saved' && draft !== null && draft.revision > state.save.revision);
  if (!newer || draft === null) return null;
  async function load(): Promise<void> {
    setLoading(true);
    try {
      const flow = await client.flow.get.query({ flowId: store.getState().flowId });
      const read = readDocText(flow.draft.docText);
      if (read.ok) store.getState().adopt({ doc: read.doc, revision: flow.draft.revision, savedAt: flow.draft.updatedAt });
    } catch (error) {
      toast({ title: t('loadFailed'), detail: errorText(error), tone: 'failed' });
    } finally {
      setLoading(false);
    }
  }
  return (
    <span role="status" className="flex min-w-0 items-center gap-2 rounded-md bg-changed-tint py-0.5 pr-0.5 pl-2 text-xs text-changed">
      <span className="truncate">{t('newer', { name: draft.updatedByName ?? t('somebody') })}</span>
      <Button size="sm" busy={loading} onClick={() => void load()}>
        {t('load')}
      </Button>
    </span>
  );
}

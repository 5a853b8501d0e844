'use client';

import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { readDocText } from '#components/canvas/read-doc-text.ts';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { diffDocuments, type DocumentDiff, sameContent } from './diff-documents.ts';
import { useDesigner, useDesignerContext } from './use-designer.ts';

/** Two people saved the same draft: shows who and what differs, and lets this one choose. Nothing is lost by waiting. */
export function ConflictDialog() {
  const t = useTranslations('designer.conflict');
  const { store, saver } = useDesignerContext();
  const conflict = useDesigner((state) => state.save.conflict);
  const mine = useDesigner((state) => (state.save.conflict === null ? null : state.doc));
  const putOff = useDesigner((state) => state.conflictPutOff === state.save.conflict);
  const theirs = useMemo(() => (conflict === null ? null : readDocText(conflict.docText)), [conflict]);
  if (conflict === null || mine === null || putOff) return null;
  const name = conflict.updatedByName ?? t('somebody');
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && store.setState({ conflictPutOff: conflict })}
      title={t('title')}
      description={t('text', { name })}
      footer={
        <>
          <Button
            disabled={theirs?.ok !== true}
            onClick={() => {
              if (theirs?.ok !== true) return;
              store.getState().adopt({ doc: theirs.doc, revision: conflict.revision, savedAt: null });
            }}
          >
            {t('takeTheirs')}
          </Button>
          <Button
            variant="primary"
            onClick={() => {
              if (theirs?.ok === true) store.getState().outdo(theirs.doc);
              saver.send({ type: 'keepMine' });
            }}
          >
            {t('keepMine')}
          </Button>
        </>
      }
    >
      {theirs?.ok === true ? <DiffList diff={diffDocuments(mine, theirs.doc)} name={name} /> : <p className="text-sm text-failed">{t('unreadable')}</p>}
    </Dialog>
  );
}

function DiffList({ diff, name }: { diff: DocumentDiff; name: string }) {
  const t = useTranslations('designer.conflict');
  const lines = [
    ...diff.added.map((label) => t('onlyTheirs', { label })),
    ...diff.removed.map((label) => t('onlyMine', { label })),
    ...diff.changed.map((label) => t('changed', { label })),
    ...(diff.edgesAdded + diff.edgesRemoved > 0 ? [t('edges', { theirs: diff.edgesAdded, mine: diff.edgesRemoved })] : []),
    ...(diff.moved > 0 ? [t('moved', { count: diff.moved })] : []),
    ...(diff.settings ? [t('settings')] : []),
    ...(diff.groups ? [t('groups')] : []),
  ];
  return (
    <div className="flex flex-col gap-2">
      <h3 className="text-xs font-semibold">{t('differs', { name })}</h3>
      <ul className="list-disc pl-5 text-sm">
        {lines.map((line, index) => (
          <li key={index}>{line}</li>
        ))}
        {lines.length === 0 && sameContent(diff) && <li>{t('nothing')}</li>}
      </ul>
      <p className="text-sm text-text-muted">{t('undoable')}</p>
    </div>
  );
}

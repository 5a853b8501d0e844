'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useErrorText } from '#components/i18n/use-error-text.ts';
import { useTrpc } from '#components/trpc/trpc.ts';
import { Button } from '#components/ui/button.tsx';
import { Checkbox } from '#components/ui/checkbox.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { Field } from '#components/ui/field.tsx';
import { Textarea } from '#components/ui/textarea.tsx';
import { useToast } from '#components/ui/toast.tsx';
import type { FlowView } from '#server/views/flow.ts';
import { ProblemList } from './problems-panel.tsx';
import { useDesigner, useDesignerContext } from './use-designer.ts';
import { whenSaved } from './when-saved.ts';

/** Freezes the draft as the next version. Errors stop it and are listed with a way to each. */
export function PublishDialog({ flow, onClose }: { flow: FlowView; onClose: () => void }) {
  const t = useTranslations('designer.publish');
  const context = useDesignerContext();
  const trpc = useTrpc();
  const queries = useQueryClient();
  const toast = useToast();
  const errorText = useErrorText();
  const problems = useDesigner((state) => state.problems);
  const [note, setNote] = useState('');
  const [activate, setActivate] = useState(true);
  const number = flow.versionsCount + 1;
  const errors = problems.filter((problem) => problem.severity === 'error');
  const warnings = problems.filter((problem) => problem.severity === 'warning');
  const call = useMutation(trpc.flow.publish.mutationOptions());
  const publish = useMutation({
    mutationFn: async () => {
      if (!(await whenSaved(context))) return null;
      const { revision } = context.store.getState().save;
      return call.mutateAsync({ flowId: flow.id, revision, activate, ...(note.trim() === '' ? {} : { note: note.trim() }) });
    },
    onSuccess: async (published) => {
      if (published === null) return;
      toast({ tone: 'success', title: t(activate ? 'publishedLive' : 'published', { number: published.number }) });
      onClose();
      await queries.invalidateQueries(trpc.flow.pathFilter());
    },
  });
  const blocked = errors.length > 0;
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('title', { number })}
      description={t(blocked ? 'blocked' : 'text', { count: errors.length })}
      footer={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button variant="primary" disabled={blocked} busy={publish.isPending} onClick={() => publish.mutate()}>
            {t('confirm', { number })}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {blocked && (
          <div className="max-h-64 overflow-y-auto rounded-md border border-failed">
            <ProblemList problems={errors} onJump={onClose} />
          </div>
        )}
        {!blocked && (
          <>
            <Field label={t('note')} hint={t('noteHelp')}>
              {(control) => <Textarea {...control} data-own-undo rows={2} maxLength={500} value={note} onChange={(event) => setNote(event.target.value)} />}
            </Field>
            <Checkbox checked={activate} onCheckedChange={setActivate} label={t('activate')} />
            {flow.live !== null && <p className="-mt-2 text-xs text-text-muted">{t('replaces', { number: flow.live.number })}</p>}
          </>
        )}
        {warnings.length > 0 && (
          <section aria-label={t('warnings', { count: warnings.length })}>
            <h3 className="mb-1 text-xs font-semibold">{t('warnings', { count: warnings.length })}</h3>
            <div className="max-h-40 overflow-y-auto rounded-md border border-border">
              <ProblemList problems={warnings} onJump={onClose} />
            </div>
          </section>
        )}
        {(publish.isError || publish.data === null) && (
          <p role="alert" className="rounded-md bg-failed-tint px-3 py-2 text-sm text-failed">
            {publish.isError ? errorText(publish.error) : t('notSaved')}
          </p>
        )}
      </div>
    </Dialog>
  );
}

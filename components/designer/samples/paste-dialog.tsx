'use client';

import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useErrorText } from '#components/i18n/use-error-text.ts';
import { CodeEditor } from '#components/schema-form/code-editor.tsx';
import { locateJsonFault } from '#components/schema-form/json-fault.ts';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import { useDesignerStore } from '../use-designer.ts';
import { useSampleDeeds } from './use-sample-deeds.ts';
import { typedId } from './use-sources.ts';

/** Takes a pasted event as sample; with a name it is kept, without one it lasts until the page is left. */
export function PasteDialog({ triggerId, onClose }: { triggerId: string; onClose: () => void }) {
  const t = useTranslations('samples');
  const common = useTranslations('common');
  const faults = useTranslations('forms.json');
  const errorText = useErrorText();
  const store = useDesignerStore();
  const [bodyText, setBody] = useState('');
  const [name, setName] = useState('');
  const fault = bodyText.trim() === '' ? null : locateJsonFault(bodyText);
  const deeds = useSampleDeeds({ id: '', kind: 'pasted', name: '', at: null, triggerId, bodyText });
  const take = useMutation({
    mutationFn: async () => {
      if (name.trim() !== '') return deeds.pin(name.trim());
      store.setState({ typedSample: { triggerId, bodyText }, sampleId: typedId(triggerId) });
    },
    onSuccess: onClose,
  });
  return (
    <Dialog
      open
      size="lg"
      onOpenChange={(open) => !open && onClose()}
      title={t('paste')}
      description={t('pasteText')}
      footer={
        <>
          <Button onClick={onClose}>{common('cancel')}</Button>
          <Button variant="primary" busy={take.isPending} disabled={bodyText.trim() === '' || fault !== null} onClick={() => take.mutate()}>
            {t(name.trim() === '' ? 'use' : 'keep')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <Field label={t('body')} error={fault === null ? undefined : faults(`fault.${fault.code}`, { line: fault.line, column: fault.column })}>
          {(control) => <CodeEditor {...control} ownUndo rows={12} errorLine={fault?.line} placeholder={t('bodyPlaceholder')} value={bodyText} onValueChange={setBody} />}
        </Field>
        <Field label={t('name')} hint={t('nameHint')} error={take.error === null ? undefined : errorText(take.error)}>
          {(control) => <Input {...control} maxLength={120} value={name} placeholder={t('namePlaceholder')} onChange={(event) => setName(event.target.value)} />}
        </Field>
      </div>
    </Dialog>
  );
}

'use client';

import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useErrorText } from '#components/i18n/use-error-text.ts';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';

interface NameDialogProps {
  title: string;
  text?: string;
  first?: string;
  onName: (name: string) => Promise<void>;
  onClose: () => void;
}

const FORM = 'sample-name';

/** Asks for a sample's name. Stays open, with the reason, when it did not work. */
export function NameDialog({ title, text, first = '', onName, onClose }: NameDialogProps) {
  const t = useTranslations('samples');
  const common = useTranslations('common');
  const errorText = useErrorText();
  const [name, setName] = useState(first);
  const save = useMutation({ mutationFn: onName, onSuccess: onClose });
  return (
    <Dialog
      open
      size="sm"
      onOpenChange={(open) => !open && onClose()}
      title={title}
      description={text}
      footer={
        <>
          <Button onClick={onClose}>{common('cancel')}</Button>
          <Button type="submit" form={FORM} variant="primary" busy={save.isPending} disabled={name.trim() === ''}>
            {common('save')}
          </Button>
        </>
      }
    >
      <form
        id={FORM}
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() !== '') save.mutate(name.trim());
        }}
      >
        <Field label={t('name')} error={save.error === null ? undefined : errorText(save.error)}>
          {(control) => <Input {...control} autoFocus maxLength={120} value={name} placeholder={t('namePlaceholder')} onChange={(event) => setName(event.target.value)} />}
        </Field>
      </form>
    </Dialog>
  );
}

'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import { Sheet } from '#components/ui/sheet.tsx';
import { Part } from './part.tsx';
import { State } from './state.tsx';

type Shown = 'dialog' | 'confirm' | 'failed' | 'sheet' | null;

/** What lies over the page. */
export function Overlays() {
  const t = useTranslations('styleguide.sample');
  const states = useTranslations('styleguide.states');
  const [shown, setShown] = useState<Shown>(null);
  const close = (open: boolean) => !open && setShown(null);
  return (
    <>
      <Part name="Dialog, ConfirmDialog, Sheet">
        <State label="Dialog">
          <Button onClick={() => setShown('dialog')}>{t('openDialog')}</Button>
        </State>
        <State label={`ConfirmDialog: ${states('danger')}`}>
          <Button onClick={() => setShown('confirm')}>{t('openConfirm')}</Button>
        </State>
        <State label={`ConfirmDialog: ${states('error')}`}>
          <Button onClick={() => setShown('failed')}>{t('openFailed')}</Button>
        </State>
        <State label={`Sheet: ${states('long')}`}>
          <Button onClick={() => setShown('sheet')}>{t('openSheet')}</Button>
        </State>
      </Part>
      <Dialog
        open={shown === 'dialog'}
        onOpenChange={close}
        title={t('dialogTitle')}
        description={t('dialogText')}
        footer={
          <Button variant="primary" onClick={() => setShown(null)}>
            {t('publish')}
          </Button>
        }
      >
        <Field label={t('note')}>{(control) => <Input {...control} defaultValue={t('nameValue')} />}</Field>
      </Dialog>
      <ConfirmDialog
        open={shown === 'confirm' || shown === 'failed'}
        onOpenChange={close}
        title={t('confirmTitle')}
        description={t('confirmText')}
        confirmLabel={t('remove')}
        {...(shown === 'failed' && { error: t('confirmError') })}
        onConfirm={() => setShown(null)}
      />
      <Sheet open={shown === 'sheet'} onOpenChange={close} title={t('sheetTitle')} description={t('sheetText')} footer={<Button onClick={() => setShown(null)}>{t('open')}</Button>}>
        <div className="flex flex-col divide-y divide-border">
          {Array.from({ length: 24 }, (_, at) => (
            <p key={at} className="px-4 py-3 text-sm">
              {t('longName')}
            </p>
          ))}
        </div>
      </Sheet>
    </>
  );
}

'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useDeed } from '#components/shell/use-deed.ts';
import { useTrpc } from '#components/trpc/trpc.ts';
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import type { RetailerView } from '#server/views/retailer.ts';

/** How many runs of a retailer may be under way at the same time. */
export function ConcurrencyDialog({ retailer, onOpenChange }: { retailer: RetailerView; onOpenChange: (open: boolean) => void }) {
  const t = useTranslations('retailers.concurrency');
  const trpc = useTrpc();
  const [text, setText] = useState(retailer.concurrency === null ? '' : String(retailer.concurrency));
  const value = text.trim() === '' ? null : Number(text);
  const wrong = value !== null && !(Number.isInteger(value) && value >= 1 && value <= 1_000);
  const save = useDeed(trpc.retailer.setConcurrency.mutationOptions(), { stale: trpc.retailer.pathKey(), toast: { tone: 'success', title: t('saved') }, onDone: () => onOpenChange(false) });
  return (
    <ConfirmDialog
      open
      onOpenChange={onOpenChange}
      tone="primary"
      title={t('title', { name: retailer.name })}
      description={t('text')}
      confirmLabel={t('save')}
      disabled={wrong}
      busy={save.busy}
      error={save.error}
      onConfirm={() => save.mutate({ retailerId: retailer.id, concurrency: value })}
    >
      <Field label={t('label')} hint={t('hint')} error={wrong ? t('wrong') : undefined}>
        {(control) => <Input {...control} inputMode="numeric" value={text} maxLength={4} autoFocus onChange={(event) => setText(event.target.value)} />}
      </Field>
    </ConfirmDialog>
  );
}

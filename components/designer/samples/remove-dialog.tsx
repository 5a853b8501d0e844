'use client';

import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useErrorText } from '#components/i18n/use-error-text.ts';
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx';

/** Asks before a pinned sample goes: expectations may rest on it. */
export function RemoveDialog({ name, onRemove, onClose }: { name: string; onRemove: () => Promise<void>; onClose: () => void }) {
  const t = useTranslations('samples');
  const errorText = useErrorText();
  const remove = useMutation({ mutationFn: onRemove, onSuccess: onClose });
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('removeTitle', { name })}
      description={t('removeText')}
      confirmLabel={t('remove')}
      busy={remove.isPending}
      error={remove.error === null ? undefined : errorText(remove.error)}
      onConfirm={() => remove.mutate()}
    />
  );
}

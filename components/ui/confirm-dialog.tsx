'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';

interface ConfirmDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: ReactNode;
  /** What will happen, and whether it can be undone. */
  description: ReactNode;
  /** The deed as a verb: never "OK". */
  confirmLabel: string;
  tone?: 'primary' | 'danger';
  busy?: boolean;
  /** It cannot be done as things stand. */
  disabled?: boolean;
  /** Why the last try did not work. */
  error?: ReactNode;
  onConfirm: () => void;
  children?: ReactNode;
}

/** Asks before something that cannot simply be undone. Stays open, with the reason, when it did not work. */
export function ConfirmDialog({ open, onOpenChange, title, description, confirmLabel, tone = 'danger', busy = false, disabled = false, error, onConfirm, children }: ConfirmDialogProps) {
  const t = useTranslations('common');
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={title}
      description={description}
      size="md"
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>{t('cancel')}</Button>
          <Button variant={tone} busy={busy} disabled={disabled} onClick={onConfirm}>
            {confirmLabel}
          </Button>
        </>
      }
    >
      {(children !== undefined || error !== undefined) && (
        <>
          {children}
          {error !== undefined && error !== null && (
            <p role="alert" className="mt-2 rounded-md bg-failed-tint px-3 py-2 text-sm text-failed">
              {error}
            </p>
          )}
        </>
      )}
    </Dialog>
  );
}

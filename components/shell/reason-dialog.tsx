'use client';

import { type ReactNode, useState } from 'react';
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';

interface ReasonDialogProps {
  title: string;
  description: string;
  confirmLabel: string;
  label: string;
  hint: string;
  busy: boolean;
  error: ReactNode;
  onClose: () => void;
  onConfirm: (reason: string) => void;
}

/** Asks before something others will wonder about, and why it is done. */
export function ReasonDialog({ label, hint, onClose, onConfirm, ...dialog }: ReasonDialogProps) {
  const [reason, setReason] = useState('');
  return (
    <ConfirmDialog {...dialog} open tone="primary" disabled={reason.trim() === ''} onOpenChange={(open) => !open && onClose()} onConfirm={() => onConfirm(reason.trim())}>
      <Field label={label} hint={hint} required>
        {(control) => <Input {...control} value={reason} maxLength={500} autoFocus onChange={(event) => setReason(event.target.value)} />}
      </Field>
    </ConfirmDialog>
  );
}

'use client';

import { TriangleAlert } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx';
import { Switch } from '#components/ui/switch.tsx';
import { useDesigner, useDesignerStore } from '../use-designer.ts';

/** Whether tests really write. Turning it on asks first; it is off again whenever the flow is opened anew. */
export function WriteSwitch() {
  const t = useTranslations('designer.test');
  const s = useTranslations('samples');
  const store = useDesignerStore();
  const sendWrites = useDesigner((state) => state.sendWrites);
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Switch
        checked={sendWrites}
        onCheckedChange={(next) => (next ? setAsking(true) : store.setState({ sendWrites: false }))}
        label={t('sendWrites')}
        hint={sendWrites ? undefined : t('held')}
      />
      {sendWrites && (
        <p role="alert" className="flex items-start gap-1.5 rounded-md bg-waiting-tint px-2.5 py-2 text-xs text-waiting">
          <TriangleAlert aria-hidden className="mt-px size-3.5 shrink-0" />
          {t('sendWarning')}
        </p>
      )}
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={s('sendTitle')}
        description={s('sendText')}
        confirmLabel={s('sendConfirm')}
        onConfirm={() => {
          store.setState({ sendWrites: true });
          setAsking(false);
        }}
      />
    </>
  );
}

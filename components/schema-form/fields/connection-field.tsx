'use client';

import { Pencil, Plus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { ConnectionDialog } from '#components/connections/connection-dialog.tsx';
import { ConnectionTest } from '#components/connections/connection-test.tsx';
import { useCan } from '#components/shell/session-context.tsx';
import { Button } from '#components/ui/button.tsx';
import { Field } from '#components/ui/field.tsx';
import { Select } from '#components/ui/select.tsx';
import type { FormFieldProps } from '../field-props.ts';
import { useFormWorld } from '../form-world.ts';
import { LookupState } from '../lookup-state.tsx';
import { useFieldError } from '../use-field-error.ts';
import { useFieldText } from '../use-field-text.ts';

const NONE = '';

type Asking = 'new' | 'edit' | null;

/** One of the retailer's connections: made, changed and tried without leaving the form. Secrets go in and are never shown. */
export function ConnectionField({ field, path, value, onChange, onDone }: FormFieldProps) {
  const t = useTranslations('forms.connection');
  const states = useTranslations('connections.health');
  const { label, help } = useFieldText(field, path);
  const error = useFieldError(path);
  const { connections, connectionsKnown = true, failed, retailerId, readOnly } = useFormWorld();
  const mayEdit = useCan('connection:edit') && !readOnly;
  const [asking, setAsking] = useState<Asking>(null);
  const chosen = typeof value === 'string' ? value : NONE;
  const current = connections.find(({ id }) => id === chosen);
  const gone = chosen !== NONE && connectionsKnown && current === undefined;
  const choose = (next: string | null) => {
    onChange(next);
    onDone();
  };
  return (
    <div className="flex min-w-0 flex-col gap-1.5">
      <Field
        label={label}
        hint={<LookupState known={connectionsKnown} retry={failed?.connections} empty={connections.length === 0 ? t('noneYet') : undefined} help={help} />}
        // What is not read yet cannot be missing.
        error={connectionsKnown ? error : undefined}
        aside={
          mayEdit && (
            <Button variant="quiet" size="sm" className="-my-1 h-6!" onClick={() => setAsking('new')}>
              <Plus aria-hidden className="size-3.5" />
              {t('new')}
            </Button>
          )
        }
      >
        {(control) => (
          <Select
            {...control}
            disabled={readOnly}
            value={chosen}
            placeholder={t('choose')}
            options={[
              { value: NONE, label: t('none') },
              ...connections.map(({ id, name, baseUrl, health }) => ({ value: id, label: name, hint: health === undefined || health.state === 'ok' ? baseUrl : `${states(`states.${health.state}`)} · ${baseUrl}` })),
              ...(gone ? [{ value: chosen, label: t('gone') }] : []),
            ]}
            onValueChange={(next) => choose(next === NONE ? null : next)}
          />
        )}
      </Field>
      {current !== undefined && mayEdit && (
        <div className="flex flex-wrap items-start gap-1.5">
          <ConnectionTest key={current.id} connectionId={current.id} />
          <Button size="sm" variant="quiet" onClick={() => setAsking('edit')}>
            <Pencil aria-hidden className="size-3.5" />
            {t('edit')}
          </Button>
        </div>
      )}
      {asking === 'new' && <ConnectionDialog retailerId={retailerId} connection={null} onOpenChange={(open) => !open && setAsking(null)} onCreated={choose} />}
      {asking === 'edit' && current !== undefined && <ConnectionDialog retailerId={retailerId} connection={current} onOpenChange={(open) => !open && setAsking(null)} />}
    </div>
  );
}

'use client';

import { useTranslations } from 'next-intl';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import { Select } from '#components/ui/select.tsx';
import type { AuthKind, ConnectionView } from '#server/views/connection.ts';
import type { ConnectionField, ConnectionForm, ConnectionProblem } from './connection-form.ts';
import { SecretField } from './secret-field.tsx';

interface ConnectionFieldsProps {
  form: ConnectionForm;
  stored: ConnectionView | null;
  onChange: (change: Partial<ConnectionForm>) => void;
  problems: Partial<Record<ConnectionField, ConnectionProblem>>;
}

const AUTH_KINDS = ['none', 'basic', 'bearer', 'header'] as const satisfies readonly AuthKind[];

/** Name, address and the fields of the chosen way to sign in. */
export function ConnectionFields({ form, stored, onChange, problems }: ConnectionFieldsProps) {
  const t = useTranslations('connections');
  const problem = (field: ConnectionField) => {
    const code = problems[field];
    return code === undefined ? undefined : t(`problem.${code}`);
  };

  function chooseAuth(value: string) {
    const authKind: AuthKind = AUTH_KINDS.find((kind) => kind === value) ?? 'none';
    // A stored password is no token: another way to sign in needs its own secret.
    const keeps = stored?.hasSecret === true && stored.authKind === authKind;
    onChange({ authKind, secret: keeps ? null : '' });
  }

  return (
    <>
      <Field label={t('name')} hint={t('nameHint')} error={problem('name')} required>
        {(control) => <Input {...control} value={form.name} onChange={(event) => onChange({ name: event.target.value })} maxLength={120} autoComplete="off" autoFocus />}
      </Field>
      <Field label={t('baseUrl')} hint={t('baseUrlHint')} error={problem('baseUrl')} required>
        {(control) => (
          <Input {...control} mono type="url" inputMode="url" value={form.baseUrl} onChange={(event) => onChange({ baseUrl: event.target.value })} placeholder="https://" autoComplete="off" spellCheck={false} />
        )}
      </Field>
      <Field label={t('authKind')}>
        {({ id, 'aria-describedby': describedBy }) => (
          <Select id={id} aria-describedby={describedBy} value={form.authKind} onValueChange={chooseAuth} options={AUTH_KINDS.map((value) => ({ value, label: t(`auth.${value}`) }))} />
        )}
      </Field>
      {form.authKind === 'basic' && (
        <Field label={t('username')} error={problem('username')} required>
          {(control) => <Input {...control} value={form.username} onChange={(event) => onChange({ username: event.target.value })} autoComplete="off" spellCheck={false} />}
        </Field>
      )}
      {form.authKind === 'header' && (
        <Field label={t('headerName')} error={problem('headerName')} required>
          {(control) => <Input {...control} mono value={form.headerName} onChange={(event) => onChange({ headerName: event.target.value })} placeholder="X-Api-Key" autoComplete="off" spellCheck={false} />}
        </Field>
      )}
      {form.authKind !== 'none' && (
        <SecretField
          label={t(`secret.${form.authKind}`)}
          value={form.secret}
          stored={stored?.hasSecret === true && stored.authKind === form.authKind}
          onChange={(secret) => onChange({ secret })}
          error={problem('secret')}
          required
        />
      )}
      <SecretField
        label={t('webhookSecret')}
        hint={t('webhookSecretHint')}
        value={form.webhookSecret}
        stored={stored?.hasWebhookSecret === true}
        onChange={(webhookSecret) => onChange({ webhookSecret })}
      />
    </>
  );
}

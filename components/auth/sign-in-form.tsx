'use client';

import { CircleAlert, Eye, EyeOff } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type FormEvent, useRef, useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Field } from '#components/ui/field.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { Input } from '#components/ui/input.tsx';
import { type SignInFailure, signIn } from './auth-requests.ts';

interface Missing {
  email: boolean;
  password: boolean;
}

/** E-mail and password. After success the browser loads `next` anew, so that nothing of an earlier session is left in memory. */
export function SignInForm({ next }: { next: string }) {
  const t = useTranslations('auth');
  const [busy, setBusy] = useState(false);
  const [shown, setShown] = useState(false);
  const [failure, setFailure] = useState<SignInFailure | null>(null);
  const [missing, setMissing] = useState<Missing>({ email: false, password: false });
  const email = useRef<HTMLInputElement>(null);
  const password = useRef<HTMLInputElement>(null);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (busy) return;
    const given = { email: email.current?.value.trim() ?? '', password: password.current?.value ?? '' };
    const lacks = { email: !/^\S+@\S+$/.test(given.email), password: given.password === '' };
    setMissing(lacks);
    setFailure(null);
    if (lacks.email) return email.current?.focus();
    if (lacks.password) return password.current?.focus();
    setBusy(true);
    const outcome = await signIn(given);
    if (outcome.ok) return window.location.assign(next);
    setBusy(false);
    setFailure(outcome.failure);
    if (outcome.failure === 'wrong') {
      password.current?.focus();
      password.current?.select();
    }
  }

  return (
    <form noValidate onSubmit={(event) => void submit(event)} className="flex flex-col gap-4" aria-busy={busy}>
      {failure !== null && (
        <div role="alert" className="flex gap-2 rounded-md bg-failed-tint px-3 py-2 text-sm text-failed">
          <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
          <div>
            <p className="font-medium">{t(`failure.${failure}.title`)}</p>
            <p>{t(`failure.${failure}.text`)}</p>
          </div>
        </div>
      )}
      <Field label={t('email')} error={missing.email ? t('emailMissing') : undefined}>
        {(control) => (
          <Input {...control} ref={email} size="lg" name="email" type="email" inputMode="email" autoComplete="username" autoCapitalize="none" spellCheck={false} autoFocus readOnly={busy} />
        )}
      </Field>
      <Field label={t('password')} error={missing.password ? t('passwordMissing') : undefined}>
        {(control) => (
          <span className="relative block">
            <Input {...control} ref={password} size="lg" name="password" type={shown ? 'text' : 'password'} autoComplete="current-password" className="pr-11" readOnly={busy} />
            <IconButton
              label={shown ? t('hidePassword') : t('showPassword')}
              icon={shown ? <EyeOff /> : <Eye />}
              size="sm"
              className="absolute top-1.5 right-1.5 pointer-coarse:top-0.5 pointer-coarse:right-0.5"
              onClick={() => setShown(!shown)}
            />
          </span>
        )}
      </Field>
      <Button type="submit" variant="primary" size="lg" busy={busy} className="mt-1 w-full">
        {busy ? t('signingIn') : t('signIn')}
      </Button>
    </form>
  );
}

'use client';

import { useMutation } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useLocale } from 'next-intl';
import { type AppLocale, DEFAULT_LOCALE, isLocale } from '#components/i18n/locales.ts';
import { useTrpc } from '#components/trpc/trpc.ts';

/** The interface language and how to change it: the server remembers it and the page is drawn again in it, keeping its state. */
export function useLanguage(): { locale: AppLocale; choose: (locale: string) => void } {
  const trpc = useTrpc();
  const router = useRouter();
  const locale = useLocale();
  const change = useMutation(trpc.session.setLocale.mutationOptions({ onSuccess: () => router.refresh() }));
  return {
    locale: isLocale(locale) ? locale : DEFAULT_LOCALE,
    choose: (next) => {
      if (isLocale(next) && next !== locale) change.mutate({ locale: next });
    },
  };
}

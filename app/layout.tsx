import '@fontsource-variable/inter/wght.css';
import './globals.css';
import type { Metadata, Viewport } from 'next';
import { cookies } from 'next/headers';
import { NextIntlClientProvider } from 'next-intl';
import { getLocale, getMessages, getTimeZone } from 'next-intl/server';
import type { ReactNode } from 'react';
import { brandStyle } from '#components/brand/brand.ts';
import { pageBrand } from '#app/_page/page-brand.ts';
import { readTheme, THEME_COOKIE } from '#components/brand/theme.ts';
import { FRONT_AREAS } from '#components/i18n/areas.ts';
import { pickMessages } from '#components/i18n/messages.ts';
import { RememberTimeZone } from '#components/i18n/remember-time-zone.tsx';
import { TrpcProvider } from '#components/trpc/trpc-provider.tsx';
import { UiProviders } from '#components/ui/ui-providers.tsx';

export async function generateMetadata(): Promise<Metadata> {
  const brand = await pageBrand();
  return { title: { default: brand.name, template: `%s · ${brand.name}` }, robots: { index: false, follow: false } };
}

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#ffffff' },
    { media: '(prefers-color-scheme: dark)', color: '#15171a' },
  ],
};

/** The document: language, theme and the partner's accent are decided on the server, so that nothing flashes. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  const [brand, locale, messages, timeZone, cookieStore] = await Promise.all([pageBrand(), getLocale(), getMessages(), getTimeZone(), cookies()]);
  return (
    <html lang={locale} data-theme={readTheme(cookieStore.get(THEME_COOKIE)?.value)} style={brandStyle(brand)}>
      <body>
        <NextIntlClientProvider messages={pickMessages(messages, FRONT_AREAS)}>
          <RememberTimeZone known={timeZone} />
          <TrpcProvider>
            <UiProviders>{children}</UiProviders>
          </TrpcProvider>
        </NextIntlClientProvider>
      </body>
    </html>
  );
}

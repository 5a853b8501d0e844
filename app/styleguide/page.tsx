import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { NextIntlClientProvider } from 'next-intl';
import { getMessages, getTranslations } from 'next-intl/server';
import { pageTheme } from '#app/_page/page-session.ts';
import { FRONT_AREAS } from '#components/i18n/areas.ts';
import { pickMessages } from '#components/i18n/messages.ts';
import { GuidePage } from '#components/styleguide/guide-page.tsx';
import { showsStyleguide } from '#server/env.ts';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('styleguide');
  return { title: t('title') };
}

/** The internal page of all components: while developing, or where the installation asks for it. */
export default async function Page() {
  // Read first, which makes the page depend on the request: the setting is that of the running process, not of the build.
  const theme = await pageTheme();
  if (!showsStyleguide()) notFound();
  return (
    <NextIntlClientProvider messages={pickMessages(await getMessages(), [...FRONT_AREAS, 'styleguide'])}>
      <GuidePage theme={theme} />
    </NextIntlClientProvider>
  );
}

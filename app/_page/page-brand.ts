import { headers } from 'next/headers';
import { getTranslations } from 'next-intl/server';
import { cache } from 'react';
import type { Brand } from '#components/brand/brand.ts';
import { brandForHost } from '#server/tenancy/brand-for-host.ts';
import { pageSession } from './page-session.ts';

/**
 * The look of the page: the partner of whoever is signed in, else the partner this host belongs to, else the installation's
 * neutral one. The document has to have some look: when the database is away it is the neutral one, and the page says what is wrong.
 */
export const pageBrand = cache(async (): Promise<Brand> => {
  // Read before anything can fail: this is also how Next learns that the page depends on the request.
  const host = (await headers()).get('host') ?? '';
  const t = await getTranslations('common');
  const neutral: Brand = { name: t('installationName'), accent: null, logoUrl: null };
  try {
    const page = await pageSession();
    if (page.kind === 'signed_in') return page.session.brand;
    return (await brandForHost(host)) ?? neutral;
  } catch {
    return neutral;
  }
});

import { headers } from 'next/headers';
import { getTranslations } from 'next-intl/server';
import { cache } from 'react';
import { brandForHost } from '#server/tenancy/brand-for-host.ts';
import type { Brand } from '#components/brand/brand.ts';

/** The brand of the host this page was asked for; a host no partner has claimed gets the installation's neutral look. */
export const pageBrand = cache(async (): Promise<Brand> => {
  const host = (await headers()).get('host') ?? '';
  const brand = await brandForHost(host);
  if (brand !== null) return { name: brand.name, accent: brand.accent, logoUrl: brand.logoUrl };
  const t = await getTranslations('common');
  return { name: t('installationName'), accent: null, logoUrl: null };
});

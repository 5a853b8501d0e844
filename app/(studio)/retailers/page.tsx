import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { RetailerList } from '#components/retailers/retailer-list.tsx';
import { requirePermission } from '#app/_page/require-permission.ts';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('retailers');
  return { title: t('title') };
}

export default async function Page() {
  await requirePermission('connection:view');
  return <RetailerList />;
}

import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ConnectionList } from '#components/connections/connection-list.tsx';
import { requirePermission } from '#app/_page/require-permission.ts';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('connections');
  return { title: t('title') };
}

export default async function Page({ params }: { params: Promise<{ retailerId: string }> }) {
  await requirePermission('connection:view');
  const { retailerId } = await params;
  return <ConnectionList retailerId={retailerId} />;
}

import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { RunList } from '#components/runs/run-list.tsx';
import { requirePermission } from '#app/_page/require-permission.ts';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('runs');
  return { title: t('title') };
}

export default async function Page() {
  await requirePermission('run:view');
  return <RunList />;
}

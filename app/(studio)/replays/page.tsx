import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ReplayDesk } from '#components/replays/replay-desk.tsx';
import { requirePermission } from '#app/_page/require-permission.ts';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('replays');
  return { title: t('title') };
}

export default async function Page() {
  await requirePermission('run:retry');
  return <ReplayDesk />;
}

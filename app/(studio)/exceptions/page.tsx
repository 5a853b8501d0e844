import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ExceptionDesk } from '#components/exceptions/exception-desk.tsx';
import { requirePermission } from '#app/_page/require-permission.ts';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('exceptions');
  return { title: t('title') };
}

export default async function Page() {
  await requirePermission('exception:view');
  return <ExceptionDesk />;
}

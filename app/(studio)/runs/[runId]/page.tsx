import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { RunDetail } from '#components/runs/run-detail.tsx';
import { requirePermission } from '#app/_page/require-permission.ts';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('runs');
  return { title: t('runTitle') };
}

export default async function Page({ params }: { params: Promise<{ runId: string }> }) {
  await requirePermission('run:view');
  const { runId } = await params;
  return <RunDetail runId={runId} />;
}

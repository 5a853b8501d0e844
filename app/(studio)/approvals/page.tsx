import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ApprovalDesk } from '#components/approvals/approval-desk.tsx';
import { requirePermission } from '#app/_page/require-permission.ts';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('approvals');
  return { title: t('title') };
}

export default async function Page() {
  await requirePermission('approval:view');
  return <ApprovalDesk />;
}

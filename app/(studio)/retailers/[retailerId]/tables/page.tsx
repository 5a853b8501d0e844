import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { DataTables } from '#components/data-tables/data-tables.tsx';
import { requirePermission } from '#app/_page/require-permission.ts';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('dataTables');
  return { title: t('title') };
}

/** Lookup tables and cross-references. `?view=xref` shows the latter, `?table=` opens one of the former. */
export default async function Page({ params }: { params: Promise<{ retailerId: string }> }) {
  await requirePermission('table:view');
  const { retailerId } = await params;
  return <DataTables retailerId={retailerId} />;
}

import { Compass } from 'lucide-react';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { Button } from '#components/ui/button.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';

/** Says the same whether something never existed or is somebody else's. */
export default async function NotFound() {
  const t = await getTranslations('common.notFound');
  return (
    <main className="flex min-h-dvh items-center justify-center">
      <EmptyState
        icon={<Compass />}
        title={t('title')}
        action={
          <Button asChild variant="primary">
            <Link href="/">{t('action')}</Link>
          </Button>
        }
      >
        {t('text')}
      </EmptyState>
    </main>
  );
}

'use client';

import { useQuery } from '@tanstack/react-query';
import { Gauge } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { type ReactNode, useState } from 'react';
import { PageHeader } from '#components/shell/page-header.tsx';
import { useCan } from '#components/shell/session-context.tsx';
import { useTrpc } from '#components/trpc/trpc.ts';
import { cn } from '#components/ui/cn.ts';
import { IconButton } from '#components/ui/icon-button.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import { ConcurrencyDialog } from './concurrency-dialog.tsx';

interface RetailerHeaderProps {
  retailerId: string;
  view: 'flows' | 'connections' | 'tables';
  actions?: ReactNode;
}

/** A retailer's name and its views. */
export function RetailerHeader({ retailerId, view, actions }: RetailerHeaderProps) {
  const t = useTranslations('retailers');
  const trpc = useTrpc();
  const retailer = useQuery(trpc.retailer.get.queryOptions({ retailerId }));
  const mayControl = useCan('traffic:control');
  const [limiting, setLimiting] = useState(false);
  const views = [
    { key: 'flows', href: `/retailers/${retailerId}` },
    { key: 'connections', href: `/retailers/${retailerId}/connections` },
    { key: 'tables', href: `/retailers/${retailerId}/tables` },
    { key: 'runs', href: `/runs?retailer=${retailerId}` },
  ] as const;
  return (
    <div>
      <PageHeader
        trail={[{ label: t('title'), href: '/retailers' }]}
        title={retailer.data?.name ?? <Skeleton className="my-1 h-5 w-48" />}
        actions={
          <>
            {mayControl && retailer.data !== undefined && <IconButton label={t('concurrency.open')} icon={<Gauge />} onClick={() => setLimiting(true)} />}
            {actions}
          </>
        }
      />
      {limiting && retailer.data !== undefined && <ConcurrencyDialog retailer={retailer.data} onOpenChange={setLimiting} />}
      <nav aria-label={t('views')} className="flex gap-5 overflow-x-auto px-4 sm:px-6">
        {views.map(({ key, href }) => (
          <Link
            key={key}
            href={href}
            aria-current={key === view ? 'page' : undefined}
            className={cn(
              'flex h-9 items-center border-b-2 text-sm font-medium whitespace-nowrap',
              key === view ? 'border-accent text-text' : 'border-transparent text-text-muted hover:text-text',
            )}
          >
            {t(`view.${key}`)}
          </Link>
        ))}
      </nav>
    </div>
  );
}

'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { PageHeader } from '#components/shell/page-header.tsx';
import { useTrpc } from '#components/trpc/trpc.ts';
import { cn } from '#components/ui/cn.ts';
import { Skeleton } from '#components/ui/skeleton.tsx';

interface RetailerHeaderProps {
  retailerId: string;
  view: 'flows' | 'connections';
  actions?: ReactNode;
}

/** A retailer's name and its views. */
export function RetailerHeader({ retailerId, view, actions }: RetailerHeaderProps) {
  const t = useTranslations('retailers');
  const trpc = useTrpc();
  const retailer = useQuery(trpc.retailer.get.queryOptions({ retailerId }));
  const views = [
    { key: 'flows', href: `/retailers/${retailerId}` },
    { key: 'connections', href: `/retailers/${retailerId}/connections` },
    { key: 'runs', href: `/runs?retailer=${retailerId}` },
  ] as const;
  return (
    <div>
      <PageHeader
        trail={[{ label: t('title'), href: '/retailers' }]}
        title={retailer.data?.name ?? <Skeleton className="my-1 h-5 w-48" />}
        actions={actions}
      />
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

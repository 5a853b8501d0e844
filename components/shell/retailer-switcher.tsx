'use client';

import { useQuery } from '@tanstack/react-query';
import { Command } from 'cmdk';
import { Check, ChevronsUpDown } from 'lucide-react';
import { usePathname, useRouter, useSearchParams } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { Popover } from 'radix-ui';
import { useState } from 'react';
import { useTrpc } from '#components/trpc/trpc.ts';
import { Button } from '#components/ui/button.tsx';
import { retailerInView, retailerTarget } from './retailer-target.ts';

const OWN_FILTER = ['/runs', '/exceptions', '/approvals', '/replays'];

const ITEM = 'flex min-h-8 cursor-default items-center gap-2 rounded-sm px-2 text-sm data-[selected=true]:bg-surface-3 pointer-coarse:min-h-10';

/** Which retailer the page is about, and the way to another one: type a few letters, Enter. */
export function RetailerSwitcher() {
  const t = useTranslations('nav.switcher');
  const router = useRouter();
  const path = usePathname();
  const params = useSearchParams();
  const trpc = useTrpc();
  const [open, setOpen] = useState(false);
  const inFlow = path.startsWith('/flows/');
  const retailers = useQuery(trpc.retailer.list.queryOptions());
  const flows = useQuery(trpc.flow.list.queryOptions({}, { enabled: inFlow }));
  const current = inFlow
    ? (flows.data?.find((flow) => path === `/flows/${flow.id}`)?.retailerId ?? null)
    : retailerInView(path, params);
  const name = retailers.data?.find((retailer) => retailer.id === current)?.name;

  function go(retailerId: string | null) {
    setOpen(false);
    router.push(retailerTarget(path, new URLSearchParams(params), retailerId));
  }

  // Lists over all retailers have a filter of their own among the others; two controls for one thing would only compete.
  if (OWN_FILTER.some((section) => path === section || path.startsWith(`${section}/`))) return null;
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger asChild>
        <Button data-switcher size="sm" variant="secondary" className="max-w-44 min-w-0 sm:max-w-60" aria-label={t('label', { name: name ?? t('all') })}>
          <span className="truncate">{name ?? t('all')}</span>
          <ChevronsUpDown aria-hidden className="size-3.5 shrink-0 text-text-muted" />
        </Button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content align="end" sideOffset={4} collisionPadding={8} className="z-60 w-64 rounded-md bg-raised shadow-float outline-none animate-enter">
          <Command label={t('search')} loop>
            <Command.Input placeholder={t('search')} className="h-9 w-full rounded-t-md border-b border-border bg-transparent px-3 text-sm outline-none" />
            <Command.List className="max-h-80 overflow-y-auto p-1">
              <Command.Empty className="px-2 py-4 text-center text-sm text-text-muted">{t('nothing')}</Command.Empty>
              <Command.Item value=" all" keywords={[t('all')]} onSelect={() => go(null)} className={ITEM}>
                <span className="flex-1">{t('all')}</span>
                {current === null && <Check aria-hidden className="size-4" />}
              </Command.Item>
              {retailers.data?.map((retailer) => (
                <Command.Item key={retailer.id} value={retailer.id} keywords={[retailer.name]} onSelect={() => go(retailer.id)} className={ITEM}>
                  <span className="flex-1 truncate">{retailer.name}</span>
                  {retailer.id === current && <Check aria-hidden className="size-4" />}
                </Command.Item>
              ))}
            </Command.List>
          </Command>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

'use client';

import { Command } from 'cmdk';
import { Search } from 'lucide-react';
import { Dialog } from 'radix-ui';
import type { ReactNode } from 'react';
import { Spinner } from '#components/ui/spinner.tsx';
import type { PaletteEntry } from './desk.ts';
import { KeyHint } from './key-hint.tsx';

export interface PickGroup {
  id: string;
  /** Absent: the list needs no heading. */
  heading?: string;
  hits: readonly (PaletteEntry & { keys?: string })[];
}

interface PickDialogProps {
  title: string;
  placeholder: string;
  search: string;
  onSearch(search: string): void;
  groups: readonly PickGroup[];
  /** Where nothing is found. */
  empty: ReactNode;
  busy?: boolean;
  /** Above the list: what the pick is about. */
  head?: ReactNode;
  footer?: ReactNode;
  onPick(entry: PaletteEntry): void;
  onClose(): void;
}

/** A box to type in and a list to choose from, over the page: arrow keys go through the list, Enter takes the marked entry. */
export function PickDialog({ title, placeholder, search, onSearch, groups, empty, busy = false, head, footer, onPick, onClose }: PickDialogProps) {
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-50 bg-overlay" />
        <Dialog.Content
          aria-describedby={undefined}
          className="fixed inset-x-0 top-0 z-60 mx-auto flex max-h-dvh w-full flex-col bg-raised shadow-float outline-none animate-enter sm:top-[12vh] sm:max-h-[70vh] sm:max-w-150 sm:rounded-lg"
        >
          <Dialog.Title className="sr-only">{title}</Dialog.Title>
          <Command shouldFilter={false} loop label={title} className="flex min-h-0 flex-1 flex-col">
            {head}
            <div className="flex items-center gap-2 border-b border-border px-4">
              <Search aria-hidden className="size-4 shrink-0 text-text-muted" />
              <Command.Input
                autoFocus
                value={search}
                onValueChange={onSearch}
                maxLength={200}
                placeholder={placeholder}
                className="h-12 w-full bg-transparent text-base outline-none"
                data-own-undo
              />
              {busy && <Spinner />}
            </div>
            <Command.List label={title} className="min-h-0 flex-1 overflow-y-auto p-1.5">
              <Command.Empty className="px-3 py-6 text-center text-sm text-text-muted">{empty}</Command.Empty>
              {groups.map((group) => (
                <Command.Group key={group.id} heading={group.heading} className={GROUP}>
                  {group.hits.map((hit) => (
                    <Command.Item key={hit.id} value={`${group.id} ${hit.id}`} onSelect={() => onPick(hit)} className={ITEM}>
                      {hit.icon}
                      <span className="flex min-w-0 flex-1 items-baseline gap-2">
                        <span className="max-w-full truncate">{hit.label}</span>
                        {hit.hint !== undefined && <span className="min-w-0 flex-1 truncate text-xs text-text-muted">{hit.hint}</span>}
                      </span>
                      {hit.keys !== undefined && <KeyHint keys={hit.keys} />}
                    </Command.Item>
                  ))}
                </Command.Group>
              ))}
            </Command.List>
            {footer !== undefined && <div className="flex flex-wrap gap-x-4 gap-y-1 border-t border-border px-4 py-2 text-2xs text-text-muted max-sm:hidden">{footer}</div>}
          </Command>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

const GROUP =
  '[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-2xs [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-text-muted';
const ITEM = 'flex min-h-8 cursor-default items-center gap-2 rounded-sm px-2.5 py-1 text-sm data-[selected=true]:bg-surface-3 pointer-coarse:min-h-10';

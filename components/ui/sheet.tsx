'use client';

import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Dialog as Primitive } from 'radix-ui';
import type { ReactNode } from 'react';
import { cn } from './cn.ts';
import { IconButton } from './icon-button.tsx';

export interface SheetProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: ReactNode;
  description?: ReactNode;
  side?: 'left' | 'right';
  footer?: ReactNode;
  /** False keeps the page behind usable (an inspector beside its canvas). */
  modal?: boolean;
  className?: string;
  children: ReactNode;
}

/** A panel along one edge for something longer than a dialog. */
export function Sheet({ open, onOpenChange, title, description, side = 'right', footer, modal = true, className, children }: SheetProps) {
  const t = useTranslations('common');
  return (
    <Primitive.Root open={open} onOpenChange={onOpenChange} modal={modal}>
      <Primitive.Portal>
        {modal && <Primitive.Overlay className="fixed inset-0 z-50 bg-overlay" />}
        <Primitive.Content
          {...(description === undefined ? { 'aria-describedby': undefined } : {})}
          className={cn(
            'fixed inset-y-0 z-50 flex w-full max-w-120 flex-col bg-raised shadow-float outline-none animate-sheet',
            side === 'right' ? 'right-0' : 'left-0',
            className,
          )}
        >
          <header className="border-b border-border py-3 pr-13 pl-4">
            <div className="min-w-0 pt-1">
              <Primitive.Title className="text-base font-semibold">{title}</Primitive.Title>
              {description !== undefined && <Primitive.Description className="text-xs text-text-muted">{description}</Primitive.Description>}
            </div>
          </header>
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable to be scrolled by keyboard */}
          <div tabIndex={0} className="min-h-0 flex-1 overflow-y-auto -outline-offset-2">
            {children}
          </div>
          {footer !== undefined && <footer className="flex justify-end gap-2 border-t border-border px-4 py-3">{footer}</footer>}
          {/* Last in order: with the first focus on it its hint would open, and the first Escape would close the hint instead of the sheet. */}
          <Primitive.Close asChild>
            <IconButton label={t('close')} icon={<X />} size="sm" className="absolute top-3 right-4" />
          </Primitive.Close>
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

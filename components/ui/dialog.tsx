'use client';

import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Dialog as Primitive } from 'radix-ui';
import type { ReactNode } from 'react';
import { cn } from './cn.ts';
import { IconButton } from './icon-button.tsx';

export interface DialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: ReactNode;
  description?: ReactNode;
  /** Buttons, right-aligned; the primary one last. */
  footer?: ReactNode;
  size?: 'sm' | 'md' | 'lg';
  children?: ReactNode;
}

const WIDTHS = { sm: 'sm:max-w-96', md: 'sm:max-w-130', lg: 'sm:max-w-200' } as const;

/** A modal question or short form. On a phone it rises from the bottom edge, where the thumb is. */
export function Dialog({ open, onOpenChange, title, description, footer, size = 'md', children }: DialogProps) {
  const t = useTranslations('common');
  return (
    <Primitive.Root open={open} onOpenChange={onOpenChange}>
      <Primitive.Portal>
        <Primitive.Overlay className="fixed inset-0 z-50 flex items-end justify-center overflow-y-auto bg-overlay sm:items-start sm:p-6 sm:pt-[12vh]">
          <Primitive.Content
            {...(description === undefined ? { 'aria-describedby': undefined } : {})}
            className={cn(
              'relative flex max-h-[92dvh] w-full flex-col rounded-t-lg bg-raised shadow-float outline-none animate-enter sm:max-h-[80dvh] sm:rounded-lg',
              WIDTHS[size],
            )}
          >
            <header className="px-5 pt-4 pb-2">
              <Primitive.Title className="pr-8 text-lg font-semibold">{title}</Primitive.Title>
              {description !== undefined && <Primitive.Description className="mt-1 text-sm text-text-muted">{description}</Primitive.Description>}
            </header>
            {children !== undefined && <div className="min-h-0 flex-1 overflow-y-auto px-5 py-2">{children}</div>}
            {footer !== undefined && <footer className="flex flex-wrap justify-end gap-2 px-5 pt-3 pb-5">{footer}</footer>}
            {/* Last in order, so that the first focus goes to the dialog's own content. */}
            <Primitive.Close asChild>
              <IconButton label={t('close')} icon={<X />} size="sm" className="absolute top-4 right-4" />
            </Primitive.Close>
          </Primitive.Content>
        </Primitive.Overlay>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { cn } from './cn.ts';

interface DisclosureProps {
  label: ReactNode;
  /** Opens by itself: what is inside is needed now. */
  open?: boolean;
  /** Told of every opening and closing, for what is drawn only when it is seen. */
  onToggle?: (open: boolean) => void;
  className?: string;
  summaryClassName?: string;
  children: ReactNode;
}

/** Something most readers do not need, behind a line that opens. */
export function Disclosure({ label, open, onToggle, className, summaryClassName, children }: DisclosureProps) {
  return (
    <details open={open} onToggle={(event) => onToggle?.(event.currentTarget.open)} className={cn('group/disclosure', className)}>
      <summary className={cn('flex w-fit cursor-pointer list-none items-center gap-1 rounded-sm text-xs font-medium text-text-muted hover:text-text', summaryClassName)}>
        <ChevronRight aria-hidden className="size-3.5 shrink-0 transition-transform duration-100 group-open/disclosure:rotate-90" />
        {label}
      </summary>
      {children}
    </details>
  );
}

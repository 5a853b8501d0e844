import type { ComponentProps, ReactNode } from 'react';
import { cn } from './cn.ts';

/** The look shared by every field one can type into. */
export const fieldLook = cn(
  'w-full rounded-md border border-border-strong/60 bg-raised text-sm text-text transition-colors duration-100',
  'hover:border-border-strong focus-visible:border-accent focus-visible:outline-1 focus-visible:outline-accent focus-visible:outline-offset-0',
  'aria-invalid:border-failed disabled:cursor-not-allowed disabled:border-border disabled:bg-surface-2 disabled:text-text-muted',
  'pointer-coarse:text-lg',
);

export interface InputProps extends Omit<ComponentProps<'input'>, 'size'> {
  size?: 'sm' | 'md' | 'lg';
  /** Icon inside the left edge. */
  icon?: ReactNode;
  /** Monospaced: for paths, keys and code. */
  mono?: boolean;
}

const HEIGHTS = { sm: 'h-7 px-2 pointer-coarse:h-9', md: 'h-8 px-2 pointer-coarse:h-10', lg: 'h-10 px-3' } as const;

/** A single-line text field. */
export function Input({ size = 'md', icon, mono = false, className, ...rest }: InputProps) {
  const field = <input className={cn(fieldLook, 'read-only:border-border read-only:bg-surface-2', HEIGHTS[size], mono && 'font-mono', icon !== undefined && 'pl-8!', className)} {...rest} />;
  if (icon === undefined) return field;
  return (
    <span className="relative block w-full">
      <span aria-hidden className="pointer-events-none absolute inset-y-0 left-2 flex items-center text-text-muted [&_svg]:size-4">
        {icon}
      </span>
      {field}
    </span>
  );
}

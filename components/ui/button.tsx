import { Slot } from 'radix-ui';
import type { ComponentProps } from 'react';
import { cn } from './cn.ts';
import { Spinner } from './spinner.tsx';

export type ButtonVariant = 'primary' | 'secondary' | 'quiet' | 'danger';
export type ControlSize = 'sm' | 'md' | 'lg';

export interface ButtonProps extends ComponentProps<'button'> {
  variant?: ButtonVariant;
  size?: ControlSize;
  /** Shows a spinner and refuses clicks; the label stays, so that the width does not jump. */
  busy?: boolean;
  /** Renders the only child (a link) with the button's look. */
  asChild?: boolean;
}

// Towards the colour of text, which raises the contrast of what stands on it in either theme; see-through would lower it below what can be read.
const VARIANTS: Record<ButtonVariant, string> = {
  primary: 'bg-accent text-on-accent hover:bg-[color-mix(in_oklab,var(--color-accent),var(--color-text)_12%)] active:bg-[color-mix(in_oklab,var(--color-accent),var(--color-text)_24%)]',
  secondary: 'bg-raised text-text border border-border shadow-raised hover:bg-surface-3',
  quiet: 'text-text hover:bg-surface-3',
  danger: 'bg-failed text-surface hover:bg-[color-mix(in_oklab,var(--color-failed),var(--color-text)_12%)] active:bg-[color-mix(in_oklab,var(--color-failed),var(--color-text)_24%)]',
};

const SIZES: Record<ControlSize, string> = {
  sm: 'h-7 px-2 gap-1 text-xs max-sm:min-h-7 pointer-coarse:h-9 pointer-coarse:max-sm:min-h-9',
  md: 'h-8 px-3 gap-2 text-sm max-sm:min-h-8 pointer-coarse:h-10 pointer-coarse:max-sm:min-h-10',
  lg: 'h-10 px-4 gap-2 text-base max-sm:min-h-10',
};

/** A push button. One primary per view; `danger` only where something is lost. */
export function Button({ variant = 'secondary', size = 'md', busy = false, asChild = false, className, children, disabled, type, ...rest }: ButtonProps) {
  const look = cn(
    'inline-flex max-w-full shrink-0 items-center justify-center rounded-md font-medium whitespace-nowrap select-none transition-[background-color,opacity] duration-100',
    // A label that is longer than a phone is wide takes a second line.
    'max-sm:h-auto max-sm:py-1 max-sm:whitespace-normal pointer-coarse:max-sm:h-auto',
    'disabled:pointer-events-none disabled:opacity-50 aria-disabled:pointer-events-none aria-disabled:opacity-50',
    VARIANTS[variant],
    SIZES[size],
    className,
  );
  if (asChild)
    return (
      <Slot.Root className={look} {...rest}>
        {children}
      </Slot.Root>
    );
  return (
    <button type={type ?? 'button'} className={look} disabled={disabled === true || busy} aria-busy={busy || undefined} {...rest}>
      {busy && <Spinner />}
      {children}
    </button>
  );
}

import type { ReactNode } from 'react';
import { Button, type ButtonProps } from './button.tsx';
import { cn } from './cn.ts';
import { Tooltip } from './tooltip.tsx';

export interface IconButtonProps extends Omit<ButtonProps, 'children' | 'aria-label' | 'asChild'> {
  /** The accessible name, also shown as tooltip. */
  label: string;
  icon: ReactNode;
  /** A key hint shown in the tooltip. */
  shortcut?: string;
  tooltipSide?: 'top' | 'right' | 'bottom' | 'left';
}

const SQUARE = { sm: 'w-7 px-0! pointer-coarse:w-9', md: 'w-8 px-0! pointer-coarse:w-10', lg: 'w-10 px-0!' } as const;

/** A square button with an icon; its label is read aloud and shown on hover and focus. */
export function IconButton({ label, icon, shortcut, tooltipSide, size = 'md', variant = 'quiet', className, ...rest }: IconButtonProps) {
  return (
    <Tooltip content={label} shortcut={shortcut} side={tooltipSide}>
      <Button variant={variant} size={size} aria-label={label} className={cn(SQUARE[size], '[&_svg]:size-4 [&_svg]:shrink-0', className)} {...rest}>
        {icon}
      </Button>
    </Tooltip>
  );
}

'use client';

import { Check } from 'lucide-react';
import { DropdownMenu as Primitive } from 'radix-ui';
import type { ReactNode } from 'react';
import { cn } from './cn.ts';
import { Kbd } from './kbd.tsx';

interface MenuProps {
  /** One button. */
  trigger: ReactNode;
  align?: 'start' | 'center' | 'end';
  side?: 'top' | 'right' | 'bottom' | 'left';
  className?: string;
  /** Together with `onOpenChange`: opened from elsewhere too. */
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  /** False: where the focus goes on closing is the caller's affair. */
  returnFocus?: boolean;
  children: ReactNode;
}

const ITEM =
  'relative flex min-h-7 cursor-default items-center gap-2 rounded-sm px-2 py-1 text-sm outline-none select-none data-disabled:pointer-events-none data-disabled:opacity-50 data-highlighted:bg-surface-3 pointer-coarse:min-h-10 [&_svg]:size-4 [&_svg]:shrink-0';

/** A menu of commands below its trigger. */
export function Menu({ trigger, align = 'start', side = 'bottom', className, open, onOpenChange, returnFocus = true, children }: MenuProps) {
  return (
    <Primitive.Root open={open} onOpenChange={onOpenChange}>
      <Primitive.Trigger asChild>{trigger}</Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content
          align={align}
          side={side}
          sideOffset={4}
          collisionPadding={8}
          onCloseAutoFocus={(event) => !returnFocus && event.preventDefault()}
          className={cn(
            'z-60 max-h-(--radix-dropdown-menu-content-available-height) min-w-44 overflow-y-auto rounded-md bg-raised p-1 shadow-float animate-enter',
            className,
          )}
        >
          {children}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

interface MenuItemProps {
  icon?: ReactNode;
  shortcut?: string;
  tone?: 'plain' | 'danger';
  disabled?: boolean;
  /** Renders the only child (a link) as the item. */
  asChild?: boolean;
  onSelect?: (event: Event) => void;
  children: ReactNode;
}

/** One command. */
export function MenuItem({ icon, shortcut, tone = 'plain', disabled, asChild = false, onSelect, children }: MenuItemProps) {
  const look = cn(ITEM, tone === 'danger' && 'text-failed');
  if (asChild)
    return (
      <Primitive.Item asChild disabled={disabled} onSelect={onSelect} className={look}>
        {children}
      </Primitive.Item>
    );
  return (
    <Primitive.Item disabled={disabled} onSelect={onSelect} className={look}>
      {icon}
      <span className="min-w-0 flex-1">{children}</span>
      {shortcut !== undefined && <Kbd>{shortcut}</Kbd>}
    </Primitive.Item>
  );
}

interface MenuChoiceProps {
  value: string;
  onValueChange: (value: string) => void;
  options: readonly { value: string; label: ReactNode; icon?: ReactNode }[];
}

/** One of several values, the present one ticked. */
export function MenuChoice({ value, onValueChange, options }: MenuChoiceProps) {
  return (
    <Primitive.RadioGroup value={value} onValueChange={onValueChange}>
      {options.map((option) => (
        <Primitive.RadioItem key={option.value} value={option.value} className={cn(ITEM, 'pr-8')}>
          {option.icon}
          <span className="flex-1 truncate">{option.label}</span>
          <Primitive.ItemIndicator className="absolute right-2">
            <Check aria-hidden />
          </Primitive.ItemIndicator>
        </Primitive.RadioItem>
      ))}
    </Primitive.RadioGroup>
  );
}

/** A heading inside a menu. */
export function MenuLabel({ children }: { children: ReactNode }) {
  return <Primitive.Label className="px-2 pt-2 pb-1 text-xs text-text-muted">{children}</Primitive.Label>;
}

/** A line between groups. */
export function MenuSeparator() {
  return <Primitive.Separator className="mx-1 my-1 h-px bg-border" />;
}

'use client';

import { Tabs as Primitive } from 'radix-ui';
import type { ReactNode } from 'react';
import { cn } from './cn.ts';

export interface TabItem {
  value: string;
  label: ReactNode;
  /** A count or dot beside the label. */
  badge?: ReactNode;
  content: ReactNode;
}

interface TabsProps {
  items: readonly TabItem[];
  value?: string;
  defaultValue?: string;
  onValueChange?: (value: string) => void;
  /** The name of the tab list for screen readers. */
  label: string;
  className?: string;
  contentClassName?: string;
}

/** Views of one thing, one at a time. Arrow keys move between tabs. */
export function Tabs({ items, value, defaultValue, onValueChange, label, className, contentClassName }: TabsProps) {
  return (
    <Primitive.Root
      {...(value === undefined ? { defaultValue: defaultValue ?? items[0]?.value } : { value })}
      onValueChange={onValueChange}
      className={cn('flex min-h-0 flex-col', className)}
    >
      <Primitive.List aria-label={label} className="flex shrink-0 gap-4 overflow-x-auto border-b border-border px-4">
        {items.map((item) => (
          <Primitive.Trigger
            key={item.value}
            value={item.value}
            className="-mb-px flex h-9 items-center gap-2 border-b-2 border-transparent text-sm font-medium whitespace-nowrap text-text-muted -outline-offset-2 hover:text-text data-[state=active]:border-accent data-[state=active]:text-text"
          >
            {item.label}
            {item.badge}
          </Primitive.Trigger>
        ))}
      </Primitive.List>
      {items.map((item) => (
        <Primitive.Content key={item.value} value={item.value} className={cn('min-h-0 flex-1 outline-offset-[-2px]', contentClassName)}>
          {item.content}
        </Primitive.Content>
      ))}
    </Primitive.Root>
  );
}

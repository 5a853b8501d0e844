'use client';

import { Check, ChevronDown } from 'lucide-react';
import { Select as Primitive } from 'radix-ui';
import type { ReactNode } from 'react';
import { cn } from './cn.ts';
import { fieldLook } from './input.tsx';

export interface SelectOption {
  value: string;
  label: ReactNode;
  /** A second, quieter line. */
  hint?: ReactNode;
  disabled?: boolean;
}

export interface SelectProps {
  value: string | undefined;
  onValueChange: (value: string) => void;
  options: readonly SelectOption[];
  placeholder?: string;
  size?: 'sm' | 'md';
  disabled?: boolean;
  className?: string;
  id?: string;
  'aria-label'?: string;
  'aria-describedby'?: string;
  'aria-invalid'?: true;
  'aria-required'?: true;
}

/** The empty string is a legal choice of ours ("all"), but not of the primitive's: it is mapped on the way. */
const EMPTY = '\u0000empty';

/** One choice of a short list, by mouse, keyboard or type-ahead. */
export function Select({ value, onValueChange, options, placeholder, size = 'md', disabled, className, ...aria }: SelectProps) {
  return (
    <Primitive.Root value={value === '' ? EMPTY : (value ?? '')} onValueChange={(next) => onValueChange(next === EMPTY ? '' : next)} disabled={disabled}>
      <Primitive.Trigger
        {...aria}
        className={cn(
          fieldLook,
          'flex items-center justify-between gap-2 text-left data-placeholder:text-text-muted',
          size === 'sm' ? 'h-7 px-2 text-xs pointer-coarse:h-9' : 'h-8 px-2 pointer-coarse:h-10',
          className,
        )}
      >
        <span className="truncate">
          <Primitive.Value placeholder={placeholder} />
        </span>
        <Primitive.Icon asChild>
          <ChevronDown aria-hidden className="size-3.5 shrink-0 text-text-muted" />
        </Primitive.Icon>
      </Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content
          position="popper"
          sideOffset={4}
          collisionPadding={8}
          className="z-60 max-h-(--radix-select-content-available-height) min-w-(--radix-select-trigger-width) max-w-96 overflow-hidden rounded-md bg-raised p-1 shadow-float animate-enter"
        >
          <Primitive.Viewport>
            {options.map((option) => (
              <Primitive.Item
                key={option.value}
                value={option.value === '' ? EMPTY : option.value}
                disabled={option.disabled}
                className="relative flex min-h-7 cursor-default flex-col justify-center rounded-sm py-1 pr-7 pl-2 text-sm outline-none select-none data-disabled:opacity-50 data-highlighted:bg-surface-3 pointer-coarse:min-h-10"
              >
                <Primitive.ItemText>{option.label}</Primitive.ItemText>
                {option.hint !== undefined && <span className="text-xs text-text-muted">{option.hint}</span>}
                <Primitive.ItemIndicator className="absolute right-2">
                  <Check aria-hidden className="size-3.5" />
                </Primitive.ItemIndicator>
              </Primitive.Item>
            ))}
          </Primitive.Viewport>
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

'use client';

import { Popover } from 'radix-ui';
import { type KeyboardEvent, useId, useRef, useState } from 'react';
import { cn } from '#components/ui/cn.ts';
import { Input, type InputProps } from '#components/ui/input.tsx';

export interface Suggestion {
  value: string;
  label?: string;
  /** Quiet text at the right: an example value, an offset. */
  hint?: string;
  depth?: number;
}

export interface SuggestInputProps extends Omit<InputProps, 'value' | 'onChange' | 'onSelect'> {
  value: string;
  onValueChange: (value: string) => void;
  suggestions: readonly Suggestion[];
  /** A value was picked from the list, not typed. */
  onChoose?: (value: string) => void;
  /** Text under the list when nothing fits. */
  nothing?: string;
  /** Only what is offered counts: the best hit is marked while one types, and Enter takes it. Open from the start. */
  eager?: boolean;
}

const MAX_SHOWN = 200;

/** A text field that offers values while typing and takes any other as well. */
export function SuggestInput({ value, onValueChange, suggestions, onChoose, nothing, eager = false, onBlur, ...rest }: SuggestInputProps) {
  const listId = useId();
  const list = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(eager);
  const [typed, setTyped] = useState(false);
  const [active, setActive] = useState(eager ? 0 : -1);
  const shown = (typed ? ranked(suggestions, value) : suggestions).slice(0, MAX_SHOWN);

  function choose(suggestion: Suggestion): void {
    if (onChoose === undefined) onValueChange(suggestion.value);
    else onChoose(suggestion.value);
    setOpen(false);
  }
  function show(): void {
    setTyped(false);
    setActive(suggestions.findIndex((suggestion) => suggestion.value === value));
    setOpen(true);
  }
  function move(step: number): void {
    const next = active < 0 && step < 0 ? shown.length - 1 : Math.min(shown.length - 1, Math.max(0, active + step));
    setActive(next);
    list.current?.children[next]?.scrollIntoView({ block: 'nearest' });
  }
  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (!open) show();
      else move(event.key === 'ArrowDown' ? 1 : -1);
    } else if (event.key === 'Enter' && open) {
      const picked = shown[active];
      if (picked !== undefined) {
        event.preventDefault();
        choose(picked);
      } else setOpen(false);
    } else if (event.key === 'Escape' && open) {
      event.preventDefault();
      event.stopPropagation();
      setOpen(false);
    }
  }

  const visible = open && (shown.length > 0 || (nothing !== undefined && typed));
  return (
    <Popover.Root open={visible}>
      <Popover.Anchor asChild>
        <Input
          {...rest}
          role="combobox"
          aria-expanded={visible}
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={visible && active >= 0 ? `${listId}-${active}` : undefined}
          autoComplete="off"
          spellCheck={false}
          value={value}
          onClick={show}
          onChange={(event) => {
            onValueChange(event.target.value);
            setTyped(true);
            setActive(eager ? 0 : -1);
            setOpen(true);
          }}
          onKeyDown={onKeyDown}
          onBlur={(event) => {
            setOpen(false);
            onBlur?.(event);
          }}
        />
      </Popover.Anchor>
      <Popover.Portal>
        <Popover.Content
          align="start"
          sideOffset={4}
          collisionPadding={8}
          onOpenAutoFocus={(event) => event.preventDefault()}
          onCloseAutoFocus={(event) => event.preventDefault()}
          onMouseDown={(event) => event.preventDefault()}
          className="z-60 max-h-72 w-(--radix-popover-trigger-width) min-w-72 overflow-y-auto rounded-md bg-raised p-1 shadow-float animate-enter"
        >
          <div ref={list} id={listId} role="listbox">
            {shown.map((suggestion, index) => (
              <div
                key={suggestion.value}
                id={`${listId}-${index}`}
                role="option"
                tabIndex={-1}
                aria-selected={index === active}
                className={cn('flex cursor-default items-baseline gap-3 rounded-sm px-2 py-1 text-xs', index === active && 'bg-surface-3')}
                onMouseEnter={() => setActive(index)}
                onMouseDown={(event) => {
                  event.preventDefault();
                  choose(suggestion);
                }}
              >
                <span className="min-w-12 truncate font-mono" style={{ paddingLeft: typed ? 0 : (suggestion.depth ?? 0) * 8 }}>
                  {suggestion.label ?? suggestion.value}
                </span>
                <span className="ml-auto max-w-2/3 shrink truncate text-text-muted">{suggestion.hint}</span>
              </div>
            ))}
          </div>
          {shown.length === 0 && <p className="px-2 py-1 text-xs text-text-muted">{nothing}</p>}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

/** What the text is part of; names that begin with it first, in the order they were given. */
function ranked(suggestions: readonly Suggestion[], typed: string): Suggestion[] {
  const wanted = typed.trim().toLowerCase();
  const rank = ({ value, label = '' }: Suggestion): number => {
    const path = value.toLowerCase();
    const name = path.slice(path.lastIndexOf('.') + 1);
    if (path === wanted || name === wanted) return path === wanted ? 0 : 1;
    if (path.startsWith(wanted) || name.startsWith(wanted)) return 2;
    return path.includes(wanted) || label.toLowerCase().includes(wanted) ? 3 : 4;
  };
  return suggestions
    .map((suggestion) => ({ suggestion, place: rank(suggestion) }))
    .filter(({ place }) => place < 4)
    .toSorted((a, b) => a.place - b.place)
    .map(({ suggestion }) => suggestion);
}

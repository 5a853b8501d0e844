'use client';

import { useTranslations } from 'next-intl';
import { type KeyboardEvent, useId, useRef, useState } from 'react';
import { cn } from '#components/ui/cn.ts';
import { fieldLook } from '#components/ui/input.tsx';
import { completionsFor, wordAt } from './formula-words.ts';
import { useScopeSuggestions } from './mapper-scope.ts';

interface FormulaInputProps {
  'aria-label': string;
  value: string;
  readOnly: boolean;
  onValueChange: (value: string) => void;
  onBlur: () => void;
}

/** A formula, with fields and functions offered while typing. Enter or Tab takes what is marked, Escape puts the offer away. */
export function FormulaInput({ value, readOnly, onValueChange, onBlur, ...rest }: FormulaInputProps) {
  const t = useTranslations('mapping');
  const fields = useScopeSuggestions();
  const listId = useId();
  const area = useRef<HTMLTextAreaElement>(null);
  const [offer, setOffer] = useState<{ start: number; word: string } | null>(null);
  const [marked, setMarked] = useState(0);
  const shown = offer === null || readOnly ? [] : completionsFor(offer.word, fields);

  function take(index: number): void {
    const chosen = shown[index];
    const element = area.current;
    if (chosen === undefined || offer === null || element === null) return;
    const caret = offer.start + chosen.insert.length;
    onValueChange(value.slice(0, offer.start) + chosen.insert + value.slice(element.selectionStart));
    setOffer(null);
    requestAnimationFrame(() => {
      element.focus();
      element.setSelectionRange(caret, caret);
    });
  }
  function onKeyDown(event: KeyboardEvent): void {
    if (shown.length === 0) {
      if (event.key === ' ' && event.ctrlKey) {
        event.preventDefault();
        setOffer(wordAt(value, area.current?.selectionStart ?? value.length));
      }
      return;
    }
    const deeds: Record<string, (() => void) | undefined> = {
      ArrowDown: () => setMarked((marked + 1) % shown.length),
      ArrowUp: () => setMarked((marked + shown.length - 1) % shown.length),
      Enter: () => take(marked),
      Tab: () => take(marked),
      Escape: () => setOffer(null),
    };
    const deed = deeds[event.key];
    if (deed === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    deed();
  }

  return (
    <div className="relative min-w-0 flex-1">
      <textarea
        {...rest}
        ref={area}
        rows={Math.min(6, value.split('\n').length)}
        role="combobox"
        aria-expanded={shown.length > 0}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={shown.length > 0 ? `${listId}-${marked}` : undefined}
        placeholder={t('formulaPlaceholder')}
        spellCheck={false}
        autoCapitalize="off"
        readOnly={readOnly}
        value={value}
        onChange={(event) => {
          onValueChange(event.target.value);
          const word = wordAt(event.target.value, event.target.selectionStart);
          setOffer(word.word === '' ? null : word);
          setMarked(0);
        }}
        onKeyDown={onKeyDown}
        onBlur={() => {
          setOffer(null);
          onBlur();
        }}
        className={cn(fieldLook, 'block min-h-7 resize-y px-2 py-1 font-mono text-xs leading-5')}
      />
      {shown.length > 0 && (
        <div id={listId} role="listbox" aria-label={t('completions')} className="absolute inset-x-0 top-full z-40 mt-1 max-h-64 min-w-72 overflow-y-auto rounded-md bg-raised p-1 shadow-float">
          {shown.map(({ label, hint }, index) => (
            <div
              key={label}
              id={`${listId}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === marked}
              onMouseEnter={() => setMarked(index)}
              onMouseDown={(event) => {
                event.preventDefault();
                take(index);
              }}
              className={cn('flex cursor-default items-baseline gap-3 rounded-sm px-2 py-1 text-xs', index === marked && 'bg-surface-3')}
            >
              <span className="truncate font-mono">{label}</span>
              <span className="ml-auto max-w-1/2 shrink truncate text-text-muted">{hint}</span>
            </div>
          ))}
        </div>
      )}
    </div>
  );
}

'use client';

import { useTranslations } from 'next-intl';
import { type KeyboardEvent, useId, useRef } from 'react';
import { cn } from '#components/ui/cn.ts';

interface CodeEditorProps {
  id?: string;
  'aria-label'?: string;
  'aria-describedby'?: string;
  'aria-invalid'?: true;
  'aria-required'?: true;
  value: string;
  onValueChange: (value: string) => void;
  onBlur?: () => void;
  readOnly?: boolean;
  placeholder?: string;
  /** Lines shown before it scrolls. */
  rows?: number;
  /** Line to mark as wrong, from 1. */
  errorLine?: number;
  className?: string;
  /** Keeps the browser's own undo: the text is no part of the flow document. */
  ownUndo?: boolean;
}

/**
 * Monospaced text with line numbers. Tab indents, Shift-Tab takes back, and Escape lets the next Tab leave the field,
 * so that nobody is locked in by keyboard.
 */
export function CodeEditor({ value, onValueChange, rows = 12, errorLine, className, readOnly = false, ownUndo = false, ...rest }: CodeEditorProps) {
  const t = useTranslations('forms.code');
  const hintId = useId();
  const gutter = useRef<HTMLDivElement>(null);
  const leaving = useRef(false);
  const lines = value.split('\n').length;

  function onKeyDown(event: KeyboardEvent<HTMLTextAreaElement>): void {
    if (event.key === 'Escape') {
      leaving.current = true;
      event.stopPropagation();
      return;
    }
    if (event.key !== 'Tab' || leaving.current || readOnly) {
      if (event.key !== 'Shift') leaving.current = false;
      return;
    }
    event.preventDefault();
    const field = event.currentTarget;
    const next = indent(value, { start: field.selectionStart, end: field.selectionEnd }, event.shiftKey);
    onValueChange(next.text);
    requestAnimationFrame(() => field.setSelectionRange(next.start, next.end));
  }

  return (
    <div className={cn('relative flex overflow-hidden rounded-md border border-border-strong/60 bg-raised focus-within:border-accent focus-within:outline-1 focus-within:outline-accent', rest['aria-invalid'] && 'border-failed', className)}>
      <div ref={gutter} aria-hidden className="shrink-0 overflow-hidden border-r border-border bg-surface-2 py-1.5 text-right font-mono text-xs leading-5 text-text-muted select-none">
        {Array.from({ length: lines }, (_, index) => (
          <div key={index} className={cn('px-2', index + 1 === errorLine && 'bg-failed-tint font-semibold text-failed')}>
            {index + 1}
          </div>
        ))}
      </div>
      <textarea
        {...rest}
        {...(ownUndo ? { 'data-own-undo': true } : {})}
        aria-describedby={[rest['aria-describedby'], hintId].filter(Boolean).join(' ')}
        rows={rows}
        wrap="off"
        spellCheck={false}
        autoCapitalize="off"
        autoComplete="off"
        readOnly={readOnly}
        value={value}
        onChange={(event) => onValueChange(event.target.value)}
        onKeyDown={onKeyDown}
        onScroll={(event) => {
          if (gutter.current !== null) gutter.current.scrollTop = event.currentTarget.scrollTop;
        }}
        className="min-w-0 flex-1 resize-y bg-transparent px-2 py-1.5 font-mono text-xs leading-5 outline-none"
      />
      <span id={hintId} className="sr-only">
        {t('leave')}
      </span>
    </div>
  );
}

interface Selection {
  start: number;
  end: number;
}

/** Indents the selected lines by two blanks, or takes up to two away. @returns the text and the moved selection. */
export function indent(text: string, selection: Selection, back: boolean): { text: string } & Selection {
  const { start, end } = selection;
  if (start === end && !back) return { text: `${text.slice(0, start)}  ${text.slice(end)}`, start: start + 2, end: start + 2 };
  const from = text.lastIndexOf('\n', start - 1) + 1;
  const before = text.slice(from, end);
  const after = back ? before.replace(/^ {1,2}/gm, '') : before.replace(/^/gm, '  ');
  const firstChange = (after.split('\n')[0] ?? '').length - (before.split('\n')[0] ?? '').length;
  return { text: text.slice(0, from) + after + text.slice(end), start: Math.max(from, start + firstChange), end: end + after.length - before.length };
}

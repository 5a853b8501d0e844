import type { ComponentProps } from 'react';
import { cn } from './cn.ts';
import { fieldLook } from './input.tsx';

export interface TextareaProps extends ComponentProps<'textarea'> {
  mono?: boolean;
}

/** A text field of several lines; grows by its handle only in height. */
export function Textarea({ mono = false, className, ...rest }: TextareaProps) {
  return <textarea className={cn(fieldLook, 'min-h-16 resize-y px-2 py-1.5', mono && 'font-mono text-xs leading-5', className)} spellCheck={!mono} {...rest} />;
}

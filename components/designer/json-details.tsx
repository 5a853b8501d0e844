'use client';

import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { CodeBlock } from '#components/ui/code-block.tsx';
import { parseJson, stringifyJson, type Json } from '#engine/flow/json.ts';

/** JSON behind a line that opens; written only when it is open. */
export function JsonDetails({ label, value, open: openFirst = false }: { label: string; value: Json; open?: boolean }) {
  const [open, setOpen] = useState(openFirst);
  return (
    <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)} className="group/json">
      <summary className="flex cursor-pointer list-none items-center gap-1 text-xs font-medium text-text-muted hover:text-text">
        <ChevronRight aria-hidden className="size-3.5 transition-transform duration-100 group-open/json:rotate-90" />
        {label}
      </summary>
      {open && <CodeBlock className="mt-1.5" text={stringifyJson(value, 2)} />}
    </details>
  );
}

/** Text that should be JSON, set out in lines; anything else as it is. */
export function prettyText(text: string): string {
  try {
    return stringifyJson(parseJson(text), 2);
  } catch {
    return text;
  }
}

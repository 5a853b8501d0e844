'use client';

import { useState } from 'react';
import { CodeBlock } from '#components/ui/code-block.tsx';
import { Disclosure } from '#components/ui/disclosure.tsx';
import { parseJson, stringifyJson, type Json } from '#engine/flow/json.ts';

/** JSON behind a line that opens; written only when it is open. */
export function JsonDetails({ label, value, open: openFirst = false }: { label: string; value: Json; open?: boolean }) {
  const [open, setOpen] = useState(openFirst);
  return (
    <Disclosure label={label} open={open} onToggle={setOpen}>
      {open && <CodeBlock className="mt-1.5" text={stringifyJson(value, 2)} />}
    </Disclosure>
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

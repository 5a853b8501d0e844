import { type ReactNode, useId } from 'react';
import type { FormField } from '#engine/flow/field-meta.ts';
import { useFieldText } from './use-field-text.ts';

/** Fields that belong to one question, under a heading of their own. */
export function FormSection({ field, path, children }: { field: FormField; path: string; children: ReactNode }) {
  const id = useId();
  const { label, help } = useFieldText(field, path);
  return (
    <section aria-labelledby={id} className="flex flex-col gap-3 border-t border-border pt-3">
      <div>
        <h3 id={id} className="text-sm font-semibold">
          {label}
        </h3>
        {help !== undefined && <p className="mt-0.5 text-xs text-text-muted">{help}</p>}
      </div>
      {children}
    </section>
  );
}

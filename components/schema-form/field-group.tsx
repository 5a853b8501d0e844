import { type ReactNode, useId } from 'react';

interface FieldGroupProps {
  label: ReactNode;
  help?: ReactNode;
  error?: ReactNode;
  aside?: ReactNode;
  children: ReactNode;
}

/** Several controls that answer one question: named as a group. */
export function FieldGroup({ label, help, error, aside, children }: FieldGroupProps) {
  const id = useId();
  return (
    <div role="group" aria-labelledby={id} className="flex min-w-0 flex-col gap-1.5">
      <div className="flex items-start justify-between gap-2">
        <span id={id} className="text-xs font-medium">
          {label}
        </span>
        {aside !== undefined && <span className="flex shrink-0 items-center text-xs text-text-muted">{aside}</span>}
      </div>
      {children}
      {help !== undefined && <p className="text-xs text-text-muted">{help}</p>}
      {error !== undefined && (
        <p role="alert" className="text-xs text-failed">
          {error}
        </p>
      )}
    </div>
  );
}

import type { ReactNode } from 'react';

/** Says of data that it is not all there. */
export function LeftOutNote({ children }: { children: ReactNode }) {
  return <p className="rounded-md bg-waiting-tint px-3 py-2 text-xs">{children}</p>;
}

import { cn } from './cn.ts';

/** A turning ring the size of the text; decorative unless given a label. */
export function Spinner({ label, className }: { label?: string; className?: string }) {
  return (
    <span
      role={label === undefined ? undefined : 'status'}
      aria-label={label}
      aria-hidden={label === undefined ? true : undefined}
      className={cn('inline-block size-[1em] shrink-0 animate-spin rounded-full border-[1.5px] border-current border-r-transparent', className)}
    />
  );
}

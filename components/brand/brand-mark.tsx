import { cn } from '#components/ui/cn.ts';
import type { Brand } from './brand.ts';
import { monogram } from './monogram.ts';

interface BrandMarkProps {
  brand: Pick<Brand, 'name' | 'logoUrl'>;
  size?: 'sm' | 'lg';
  /** Only the mark, for narrow places; the name is still read aloud. */
  markOnly?: boolean;
  className?: string;
}

/** The partner's logo, or a monogram on their accent, and their name. */
export function BrandMark({ brand, size = 'sm', markOnly = false, className }: BrandMarkProps) {
  const large = size === 'lg';
  return (
    <span className={cn('inline-flex min-w-0 items-center', large ? 'gap-3' : 'gap-2', className)}>
      {brand.logoUrl === null ? (
        <span
          aria-hidden
          className={cn(
            'inline-flex shrink-0 items-center justify-center bg-accent font-semibold text-on-accent select-none',
            large ? 'size-10 rounded-lg text-base' : 'size-6 rounded-sm text-2xs',
          )}
        >
          {monogram(brand.name)}
        </span>
      ) : (
        // oxlint-disable-next-line next/no-img-element -- the partner's own upload, served by this site at its stored size: nothing to optimise
        <img src={brand.logoUrl} alt="" className={cn('w-auto shrink-0 object-contain', large ? 'h-10 max-w-40' : 'h-6 max-w-28')} />
      )}
      <span className={cn(markOnly ? 'sr-only' : 'truncate font-semibold', large ? 'text-xl' : 'text-sm')}>{brand.name}</span>
    </span>
  );
}

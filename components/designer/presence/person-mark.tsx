import { monogram } from '#components/brand/monogram.ts';
import { cn } from '#components/ui/cn.ts';
import { personColour } from './person-colour.ts';

interface PersonMarkProps {
  userId: string;
  name: string;
  size?: 'sm' | 'md';
  className?: string;
}

/** A person as two letters in their colour. Whoever shows it says the name beside it or to screen readers. */
export function PersonMark({ userId, name, size = 'md', className }: PersonMarkProps) {
  return (
    <span
      aria-hidden
      className={cn('inline-flex shrink-0 items-center justify-center rounded-full font-semibold select-none', size === 'sm' ? 'size-4.5 text-[0.5625rem]' : 'size-6 text-2xs', className)}
      style={personColour(userId)}
    >
      {monogram(name)}
    </span>
  );
}

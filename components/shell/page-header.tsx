import { ChevronRight } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';

interface PageHeaderProps {
  /** The way here, outermost first. */
  trail?: readonly { label: ReactNode; href: string }[];
  title: ReactNode;
  /** Beside the title: state, count. */
  aside?: ReactNode;
  /** Buttons at the right end. */
  actions?: ReactNode;
  children?: ReactNode;
}

/** Title line of a page, the same height everywhere, with the way back above it. */
export function PageHeader({ trail = [], title, aside, actions, children }: PageHeaderProps) {
  return (
    <div className="flex flex-col gap-3 px-4 pt-4 pb-3 sm:px-6">
      <div className="flex flex-wrap items-end justify-between gap-x-4 gap-y-2">
        <div className="min-w-0">
          {trail.length > 0 && (
            <div className="mb-0.5 flex items-center gap-1 text-xs text-text-muted">
              {trail.map((step) => (
                <span key={step.href} className="flex items-center gap-1">
                  <Link href={step.href} className="rounded-sm hover:text-text hover:underline">
                    {step.label}
                  </Link>
                  <ChevronRight aria-hidden className="size-3" />
                </span>
              ))}
            </div>
          )}
          <div className="flex min-w-0 flex-wrap items-center gap-2">
            <h1 className="text-xl font-semibold tracking-tight break-words">{title}</h1>
            {aside}
          </div>
        </div>
        {actions !== undefined && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
      </div>
      {children}
    </div>
  );
}

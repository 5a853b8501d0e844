import { SearchX } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '#components/ui/button.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';

interface NothingToListProps {
  /** What hides everything, when something does. */
  filtered: { title: string; text: string; clearLabel: string; onClear: () => void } | null;
  icon: ReactNode;
  title: string;
  text: string;
}

/** Why a list with filters is empty: there is nothing, or the filters hide it. */
export function NothingToList({ filtered, icon, title, text }: NothingToListProps) {
  if (filtered === null)
    return (
      <EmptyState icon={icon} title={title} className="border-t border-border">
        {text}
      </EmptyState>
    );
  return (
    <EmptyState icon={<SearchX />} title={filtered.title} action={<Button onClick={filtered.onClear}>{filtered.clearLabel}</Button>} className="border-t border-border">
      {filtered.text}
    </EmptyState>
  );
}

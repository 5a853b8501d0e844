'use client';

import { Search } from 'lucide-react';
import type { ReactNode } from 'react';
import { Input } from '#components/ui/input.tsx';
import { useRoom, useRoomView } from './room-context.ts';
import { activate, type Side } from './room-view.ts';

interface PaneSearchProps {
  side: Side;
  title: ReactNode;
  placeholder: string;
  aside?: ReactNode;
  /** Key of the first row that is shown. */
  first: string | null;
}

/** The head of a pane: what it shows, and the search in it. Both heads are equally high, so that lines run straight. */
export function PaneSearch({ side, title, placeholder, aside, first }: PaneSearchProps) {
  const { view, focus } = useRoom();
  const query = useRoomView((state) => state.query[side]);
  return (
    <div className="flex h-10 shrink-0 items-center gap-2 border-b border-border bg-surface-2 px-2">
      <h3 className="min-w-0 shrink truncate text-xs font-semibold">{title}</h3>
      <div className="ml-auto w-36 min-w-20 shrink">
        <Input
          id={`mapper-search-${side}`}
          size="sm"
          type="search"
          icon={<Search />}
          aria-label={placeholder}
          placeholder={placeholder}
          value={query}
          onChange={(event) => view.setState(({ query: before }) => ({ query: { ...before, [side]: event.target.value } }))}
          onKeyDown={(event) => {
            if (event.key === 'ArrowDown' || event.key === 'Enter') {
              event.preventDefault();
              if (query !== '') activate(view, side, first);
              focus(side);
            } else if (event.key === 'Escape') {
              event.preventDefault();
              event.stopPropagation();
              if (query === '') focus(side);
              else view.setState(({ query: before }) => ({ query: { ...before, [side]: '' } }));
            }
          }}
        />
      </div>
      {aside}
    </div>
  );
}

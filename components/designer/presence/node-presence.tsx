import { Pencil } from 'lucide-react';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import { PersonMark } from './person-mark.tsx';
import { useNodePresenceText, usePresenceStore } from './use-presence.ts';

/** Who is at a node: their mark, with a pen when they are editing it. Nothing when nobody is. */
export function NodePresence({ nodeId }: { nodeId: string }) {
  const text = useNodePresenceText(nodeId);
  const people = useStore(usePresenceStore(), useShallow((state) => state.others.filter((person) => person.nodeId === nodeId)));
  if (people.length === 0) return null;
  return (
    <span className="flex shrink-0 items-center gap-0.5" title={text ?? undefined}>
      {people.some(({ editing }) => editing) && <Pencil aria-hidden className="size-3 text-text-muted" />}
      {people.slice(0, 3).map((person) => (
        <PersonMark key={person.tab} userId={person.userId} name={person.name} size="sm" />
      ))}
    </span>
  );
}

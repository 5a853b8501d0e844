import { cn } from '#components/ui/cn.ts';

/** How a sticky note looks, on the canvas and in read-only views. */
export function NoteCard({ text, placeholder, selected }: { text: string; placeholder: string; selected: boolean }) {
  return (
    <div
      className={cn(
        'weft-node min-h-16 w-60 rounded-md border bg-waiting-tint p-3 text-sm leading-5 break-words whitespace-pre-wrap',
        selected ? 'border-accent ring-1 ring-accent' : 'border-transparent hover:border-border-strong',
      )}
    >
      {text === '' ? <span className="text-text-muted">{placeholder}</span> : text}
    </div>
  );
}

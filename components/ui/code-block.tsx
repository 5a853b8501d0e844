import { cn } from './cn.ts';
import { CopyButton } from './copy-button.tsx';

/** Text exactly as it is, monospaced, with copy. Wraps long lines when asked to, scrolls otherwise. */
export function CodeBlock({ text, wrap = false, copy = true, className }: { text: string; wrap?: boolean; copy?: boolean; className?: string }) {
  return (
    <div className={cn('group/code relative rounded-md border border-border bg-surface-2', className)}>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable to be scrolled by keyboard */}
      <pre className={cn('max-h-96 overflow-auto py-2 pl-3 font-mono text-xs leading-5', copy ? 'pr-10' : 'pr-3', wrap && 'break-all whitespace-pre-wrap')} tabIndex={0}>
        {text}
      </pre>
      {copy && <CopyButton text={text} className="absolute top-1 right-1 bg-surface-2" />}
    </div>
  );
}

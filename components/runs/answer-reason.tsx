import { cn } from '#components/ui/cn.ts';
import { answerWords } from './answer-words.ts';

/** What the other system said: its sentences where it sent some, else its answer as it came. */
export function AnswerReason({ message, className }: { message: string; className?: string }) {
  const words = answerWords(message);
  if (words.length === 0) return <p className={cn('font-mono text-xs break-words', className)}>{message}</p>;
  return (
    <ul className={cn('text-sm', className)} title={message}>
      {words.map((line) => (
        <li key={line} className="break-words">
          {line}
        </li>
      ))}
    </ul>
  );
}

import { useFormWorld } from './form-world.ts';
import { useProblemWords } from './use-problem-words.ts';

/** What is wrong with one field of the form, in words; undefined: nothing. */
export function useFieldError(field: string): string | undefined {
  const { problems } = useFormWorld();
  const words = useProblemWords();
  const found = problems.filter((problem) => problem.field === field);
  return found.length === 0 ? undefined : found.map(words).join(' ');
}

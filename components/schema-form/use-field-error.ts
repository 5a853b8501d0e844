import { useTranslations } from 'next-intl';
import { useFormWorld } from './form-world.ts';
import { useTouch } from './touch.ts';
import { useProblemWords } from './use-problem-words.ts';

/** What is wrong with one field of the form, in words; undefined: nothing, or nobody has been in the field yet. */
export function useFieldError(field: string): string | undefined {
  const t = useTranslations('forms.fault');
  const { problems } = useFormWorld();
  const { shows, faultOf } = useTouch();
  const words = useProblemWords();
  if (!shows(field)) return undefined;
  const found = problems.filter((problem) => problem.field === field);
  if (found.length > 0) return found.map(words).join(' ');
  const fault = faultOf(field);
  return fault === undefined ? undefined : t(fault.code, fault.params);
}

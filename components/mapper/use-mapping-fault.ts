import { useTranslations } from 'next-intl';
import type { MappingError } from '#engine/mapping/frame.ts';

/** Says in words why a row could not be filled. */
export function useMappingFault(): (error: Pick<MappingError, 'code' | 'params'>) => string {
  const t = useTranslations('mapping');
  return ({ code, params }) => {
    const { fn, argument } = params;
    return t(`errors.${code}`, {
      ...params,
      ...(typeof fn === 'string' && t.has(`functions.${fn}`) ? { fn: t(`functions.${fn}`) } : {}),
      ...(typeof argument === 'string' && t.has(`arguments.${argument}`) ? { argument: t(`arguments.${argument}`) } : {}),
    });
  };
}

import { useTranslations } from 'next-intl';
import { useCallback } from 'react';
import type { Problem } from '#engine/flow/problem.ts';

/** Says a problem in words; a function is called by its name, not its id. */
export function useProblemWords(): (problem: Pick<Problem, 'code' | 'params'>) => string {
  const t = useTranslations();
  return useCallback(
    ({ code, params }) => {
      const fn = params?.['fn'];
      const named = typeof fn === 'string' && t.has(`mapping.functions.${fn}`) ? { ...params, fn: t(`mapping.functions.${fn}`) } : params;
      const { kind, port } = params ?? {};
      const portKey = `nodes.${kind}.ports.${port}`;
      if (port !== undefined && t.has(portKey)) return t(`problems.${code}`, { ...named, port: t(portKey) });
      return t(`problems.${code}`, named?.['target'] === '' ? { ...named, target: '…' } : named);
    },
    [t],
  );
}

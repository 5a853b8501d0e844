'use client';

import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { useSamplePaths } from './form-world.ts';
import { SuggestInput, type SuggestInputProps } from './suggest-input.tsx';

type PathInputProps = Omit<SuggestInputProps, 'suggestions' | 'nothing'> & { suggestions?: SuggestInputProps['suggestions'] };

/** A field of the record: picked from the sample with its value beside it, or typed. */
export function PathInput({ suggestions, ...rest }: PathInputProps) {
  const t = useTranslations('forms');
  const paths = useSamplePaths();
  const fromSample = useMemo(
    () => paths.map(({ path, example, depth, type }) => ({ value: path, hint: type === 'list' ? t('items', { size: example }) : example, depth })),
    [paths, t],
  );
  return <SuggestInput mono size="sm" {...rest} suggestions={suggestions ?? fromSample} nothing={t('noSuchField')} />;
}

import { useTranslations } from 'next-intl';

/** Says in words why an edge cannot be drawn. */
export function useRefusalText(): (reason: string) => string {
  const t = useTranslations('designer.edgeRefused');
  return (reason) => (t.has(reason) ? t(reason) : t('other'));
}

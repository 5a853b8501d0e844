'use client';

import { Languages } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { LOCALE_NAMES, LOCALES } from '#components/i18n/locales.ts';
import { Button } from '#components/ui/button.tsx';
import { Menu, MenuChoice } from '#components/ui/menu.tsx';
import { useLanguage } from './use-language.ts';

/** Each language under its own name. */
export function LanguageMenu() {
  const t = useTranslations('nav');
  const { locale, choose } = useLanguage();
  return (
    <Menu
      trigger={
        <Button variant="quiet" size="sm" className="text-text-muted [&_svg]:size-3.5" aria-label={`${t('language')}: ${LOCALE_NAMES[locale]}`}>
          <Languages aria-hidden />
          {LOCALE_NAMES[locale]}
        </Button>
      }
    >
      <MenuChoice value={locale} onValueChange={choose} options={LOCALES.map((value) => ({ value, label: LOCALE_NAMES[value] }))} />
    </Menu>
  );
}

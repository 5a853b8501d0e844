'use client';

import { LogOut } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { signOut } from '#components/auth/auth-requests.ts';
import { monogram } from '#components/brand/monogram.ts';
import { readTheme, THEME_CHOICES, type ThemeChoice } from '#components/brand/theme.ts';
import { LOCALE_NAMES, LOCALES } from '#components/i18n/locales.ts';
import { Menu, MenuChoice, MenuItem, MenuLabel, MenuSeparator } from '#components/ui/menu.tsx';
import { useToast } from '#components/ui/toast.tsx';
import { useSession } from './session-context.tsx';
import { THEME_ICONS } from './theme-menu.tsx';
import { useLanguage } from './use-language.ts';
import { useThemeChoice } from './use-theme-choice.ts';

/** Who is signed in, theme, language, sign-out. */
export function UserMenu({ theme }: { theme: ThemeChoice }) {
  const t = useTranslations('nav');
  const session = useSession();
  const toast = useToast();
  const [choice, choose] = useThemeChoice(theme);
  const language = useLanguage();

  async function leave() {
    if (await signOut()) window.location.assign('/sign-in');
    else toast({ tone: 'failed', title: t('signOutFailed') });
  }

  return (
    <Menu
      align="end"
      className="w-60"
      trigger={
        <button
          type="button"
          aria-label={t('account', { name: session.user.name })}
          className="flex size-8 shrink-0 items-center justify-center rounded-full bg-surface-3 text-2xs font-semibold hover:bg-border pointer-coarse:size-9"
        >
          {monogram(session.user.name)}
        </button>
      }
    >
      <div className="px-2 py-1.5">
        <p className="truncate text-sm font-medium">{session.user.name}</p>
        <p className="truncate text-xs text-text-muted">{session.user.email}</p>
        <p className="truncate text-xs text-text-muted">{t(`role.${session.role}`, { partner: session.partner.name })}</p>
      </div>
      <MenuSeparator />
      <MenuLabel>{t('theme.label')}</MenuLabel>
      <MenuChoice value={choice} onValueChange={(value) => choose(readTheme(value))} options={THEME_CHOICES.map((value) => ({ value, label: t(`theme.${value}`), icon: THEME_ICONS[value] }))} />
      <MenuSeparator />
      <MenuLabel>{t('language')}</MenuLabel>
      <MenuChoice value={language.locale} onValueChange={language.choose} options={LOCALES.map((value) => ({ value, label: LOCALE_NAMES[value] }))} />
      <MenuSeparator />
      <MenuItem icon={<LogOut aria-hidden />} onSelect={() => void leave()}>
        {t('signOut')}
      </MenuItem>
    </Menu>
  );
}

'use client';

import { Monitor, Moon, Sun } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { THEME_CHOICES, readTheme, type ThemeChoice } from '#components/brand/theme.ts';
import { Button } from '#components/ui/button.tsx';
import { Menu, MenuChoice } from '#components/ui/menu.tsx';
import { useThemeChoice } from './use-theme-choice.ts';

export const THEME_ICONS = { system: <Monitor />, light: <Sun />, dark: <Moon /> } as const satisfies Record<ThemeChoice, unknown>;

/** Light, dark, or as the device says. */
export function ThemeMenu({ initial }: { initial: ThemeChoice }) {
  const t = useTranslations('nav.theme');
  const [choice, choose] = useThemeChoice(initial);
  return (
    <Menu
      trigger={
        <Button variant="quiet" size="sm" className="text-text-muted [&_svg]:size-3.5" aria-label={`${t('label')}: ${t(choice)}`}>
          {THEME_ICONS[choice]}
          {t(choice)}
        </Button>
      }
    >
      <MenuChoice value={choice} onValueChange={(value) => choose(readTheme(value))} options={THEME_CHOICES.map((value) => ({ value, label: t(value), icon: THEME_ICONS[value] }))} />
    </Menu>
  );
}

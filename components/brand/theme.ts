export const THEME_COOKIE = 'weft-theme';

/** What the reader chose; `system` follows the device. The value is what `data-theme` on <html> says. */
export const THEME_CHOICES = ['system', 'light', 'dark'] as const;

export type ThemeChoice = (typeof THEME_CHOICES)[number];

/** The choice in an untrusted cookie value; anything unknown is `system`. */
export function readTheme(cookie: string | undefined): ThemeChoice {
  return THEME_CHOICES.find((choice) => choice === cookie) ?? 'system';
}

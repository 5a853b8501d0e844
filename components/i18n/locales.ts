/** Languages the interface speaks, each named in its own language. The first is the default. */
export const LOCALES = ['en', 'de'] as const;

export type AppLocale = (typeof LOCALES)[number];

export const DEFAULT_LOCALE: AppLocale = LOCALES[0];

export const LOCALE_COOKIE = 'weft-locale';

export const LOCALE_NAMES: Record<AppLocale, string> = { en: 'English', de: 'Deutsch' };

/** Narrows an untrusted value (cookie, header, profile) to a language the interface speaks. */
export function isLocale(value: unknown): value is AppLocale {
  return LOCALES.some((locale) => locale === value);
}

/**
 * The reader's language: the cookie when it names one we speak, else the best match of Accept-Language
 * (by quality, language part only), else the default.
 */
export function chooseLocale(cookie: string | undefined, acceptLanguage: string | null | undefined): AppLocale {
  if (isLocale(cookie)) return cookie;
  const wanted = (acceptLanguage ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', ...params] = part.trim().split(';');
      const quality = params.map((param) => param.trim()).find((param) => param.startsWith('q='));
      return { language: tag.toLowerCase().split('-')[0], quality: quality === undefined ? 1 : Number(quality.slice(2)) };
    })
    .filter((entry) => entry.quality > 0)
    .sort((a, b) => b.quality - a.quality);
  for (const entry of wanted) if (isLocale(entry.language)) return entry.language;
  return DEFAULT_LOCALE;
}

import type { Locale } from '../views/session.ts';

/** The cookie's language, else the first one of Accept-Language that we speak, else English. */
export function localeOf(headers: Headers): Locale {
  const chosen = /(?:^|;\s*)weft-locale=(en|de)(?:;|$)/.exec(headers.get('cookie') ?? '')?.[1];
  if (chosen === 'en' || chosen === 'de') return chosen;
  for (const part of (headers.get('accept-language') ?? '').split(',')) {
    const language = part.trim().slice(0, 2).toLowerCase();
    if (language === 'en' || language === 'de') return language;
  }
  return 'en';
}

import { cookies, headers } from 'next/headers';
import { getRequestConfig } from 'next-intl/server';
import { chooseLocale, isLocale, LOCALE_COOKIE } from './locales.ts';
import { loadMessages } from './messages.ts';
import { readTimeZone, TIME_ZONE_COOKIE } from './time-zone.ts';

/**
 * next-intl's view of a request: language from cookie or Accept-Language, the reader's zone from the cookie that
 * the browser sets on its first visit (UTC until then), so that server and browser print the same times.
 */
export default getRequestConfig(async ({ locale: wanted }) => {
  const [cookieStore, headerList] = await Promise.all([cookies(), headers()]);
  const locale = isLocale(wanted) ? wanted : chooseLocale(cookieStore.get(LOCALE_COOKIE)?.value, headerList.get('accept-language'));
  return {
    locale,
    messages: await loadMessages(locale),
    timeZone: readTimeZone(cookieStore.get(TIME_ZONE_COOKIE)?.value),
    formats: {
      dateTime: {
        moment: { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' },
        minute: { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
        second: { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' },
        clock: { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' },
        day: { year: 'numeric', month: 'short', day: 'numeric' },
      },
    },
  };
});

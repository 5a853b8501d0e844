import type { AbstractIntlMessages } from 'next-intl';
import { MESSAGE_AREAS, type MessageArea } from './areas.ts';
import type { AppLocale } from './locales.ts';

/**
 * All messages of one language, every area below its own name.
 * An area whose file does not exist yet is left out: its keys then show as keys, and the rest of the page still works.
 */
export async function loadMessages(locale: AppLocale): Promise<AbstractIntlMessages> {
  const entries = await Promise.all(MESSAGE_AREAS.map(async (area) => [area, await loadArea(locale, area)] as const));
  return Object.fromEntries(entries.flatMap(([area, messages]) => (messages === undefined ? [] : [[area, messages]])));
}

/** The part of the messages that a subtree needs, so that the sign-in page does not carry the designer's texts. */
export function pickMessages(messages: AbstractIntlMessages, areas: readonly MessageArea[]): AbstractIntlMessages {
  const wanted = new Set<string>(areas);
  return Object.fromEntries(Object.entries(messages).filter(([area]) => wanted.has(area)));
}

async function loadArea(locale: AppLocale, area: MessageArea): Promise<AbstractIntlMessages | undefined> {
  try {
    const file: { default: AbstractIntlMessages } = await import(`./messages/${locale}/${area}.json`);
    return file.default;
  } catch {
    return undefined;
  }
}

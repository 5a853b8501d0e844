import { useFormatter, useTranslations } from 'next-intl';
import { useCallback } from 'react';
import { isRecord, textOf, type Json } from '#engine/flow/json.ts';
import type { NodeSample } from './sample-list.ts';

const SHOWN_FIELDS = 4;
const LONGEST = 90;

/** What a sample is called: its own name, or what it is and from when. */
export function useSampleName(): (sample: Pick<NodeSample, 'kind' | 'name' | 'at'>) => string {
  const t = useTranslations('samples');
  const format = useFormatter();
  return useCallback(
    ({ kind, name, at }) => {
      if (kind === 'pinned') return name;
      if (kind === 'test') return name === '' ? t('kind.test') : t('testRecord', { key: name });
      if (kind === 'event' && at !== null) return t('eventAt', { time: format.dateTime(new Date(at), 'moment') });
      return t('kind.pasted');
    },
    [t, format],
  );
}

/** A record in a line: its first plain fields. */
export function recordLine(data: Json): string {
  if (!isRecord(data)) return short(textOf(data));
  const plain: string[] = [];
  for (const [key, value] of Object.entries(data)) {
    if (value === null || typeof value === 'object' || value === '') continue;
    plain.push(`${key} ${textOf(value)}`);
    if (plain.length === SHOWN_FIELDS) break;
  }
  return short(plain.length > 0 ? plain.join(' · ') : Object.keys(data).join(', '));
}

function short(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}

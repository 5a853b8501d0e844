'use client';

import { useFormatter, useNow, useTranslations } from 'next-intl';
import { useFailureText } from '#components/runs/use-failure-text.ts';
import type { Tone } from '#components/ui/badge.tsx';
import { StatusDot } from '#components/ui/status-dot.tsx';
import type { ConnectionHealthView } from '#server/views/connection.ts';

/** Since when catching up is still worth a word. */
const DRAINING_MS = 10 * 60_000;

type Shown = 'ok' | 'draining' | 'open' | 'paused';

const TONES: Record<Shown, Tone> = { ok: 'success', draining: 'changed', open: 'waiting', paused: 'failed' };

/** How an outside system fares: the word, why, and what happens next. */
export function HealthCell({ health }: { health: ConnectionHealthView }) {
  const t = useTranslations('connections.health');
  const format = useFormatter();
  const now = useNow({ updateInterval: 5_000 });
  const failureText = useFailureText();
  const draining = health.state === 'ok' && health.waiting > 0 && health.drainingSince !== null && now.getTime() - new Date(health.drainingSince).getTime() < DRAINING_MS;
  const shown: Shown = draining ? 'draining' : health.state;
  const code = health.reasonCode;
  const reason = code === null ? '' : t.has(`reason.${code}`) ? t(`reason.${code}`) : failureText({ class: null, code, message: null });
  const details = [
    health.state === 'open' && health.failures > 0 ? t('openText', { failures: health.failures }) : '',
    health.state === 'ok' ? '' : health.note === '' ? reason : health.note,
    health.state === 'open' && health.probeAt !== null ? t('probe', { when: format.relativeTime(new Date(Math.max(now.getTime(), new Date(health.probeAt).getTime())), now) }) : '',
    health.state === 'paused' && code === 'manual' ? t('pausedBy', { name: health.changedByName ?? t('someone') }) : '',
    health.waiting > 0 ? t('waiting', { count: health.waiting }) : '',
  ].filter((part) => part !== '');
  return (
    <span className="block min-w-0">
      <span className="inline-flex items-center gap-1.5 whitespace-nowrap">
        <StatusDot tone={TONES[shown]} />
        {t(`states.${shown}`)}
      </span>
      {details.length > 0 && <span className="block text-xs break-words text-text-muted">{details.join(' · ')}</span>}
    </span>
  );
}

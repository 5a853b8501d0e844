'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useErrorText } from '#components/i18n/use-error-text.ts';
import { useTrpc } from '#components/trpc/trpc.ts';
import { Button } from '#components/ui/button.tsx';
import { Textarea } from '#components/ui/textarea.tsx';
import { TimeAgo } from '#components/ui/time-ago.tsx';
import type { ExceptionDetail, ExceptionEventView } from '#server/views/exception.ts';

/** What happened to an exception, newest last, and a place for one more note. */
export function ExceptionHistory({ exception }: { exception: ExceptionDetail }) {
  const t = useTranslations('exceptions');
  const trpc = useTrpc();
  const queryClient = useQueryClient();
  const errorText = useErrorText();
  const [text, setText] = useState('');
  const note = useMutation(
    trpc.exception.note.mutationOptions({
      onSuccess: async () => {
        setText('');
        await queryClient.invalidateQueries({ queryKey: trpc.exception.pathKey() });
      },
    }),
  );
  return (
    <section aria-labelledby="history" className="flex flex-col gap-2">
      <h3 id="history" className="text-sm font-semibold">
        {t('history')}
      </h3>
      <ol className="flex flex-col gap-2 border-l border-border pl-3 text-sm">
        {exception.history.map((event) => (
          <HistoryLine key={event.id} event={event} />
        ))}
      </ol>
      <Textarea aria-label={t('note')} placeholder={t('notePlaceholder')} value={text} maxLength={2_000} onChange={(event) => setText(event.target.value)} />
      {note.isError && (
        <p role="alert" className="text-xs text-failed">
          {errorText(note.error)}
        </p>
      )}
      <Button size="sm" className="self-start" busy={note.isPending} disabled={text.trim() === ''} onClick={() => note.mutate({ exceptionId: exception.id, text: text.trim() })}>
        {t('addNote')}
      </Button>
    </section>
  );
}

function HistoryLine({ event }: { event: ExceptionEventView }) {
  const t = useTranslations('exceptions');
  return (
    <li>
      <p>
        <EventWords event={event} />{' '}
        <span className="text-xs text-text-muted">
          {event.byEngine ? t('byEngine') : t('by', { name: event.actorName ?? t('someone') })}, <TimeAgo at={event.at} />
        </span>
      </p>
      {event.kind === 'noted' && <p className="break-words whitespace-pre-line text-text-muted">{event.detail}</p>}
    </li>
  );
}

function EventWords({ event }: { event: ExceptionEventView }) {
  const t = useTranslations('exceptions');
  if (event.kind === 'assigned') return event.detail === '' ? t('events.unassigned') : t('events.assigned', { who: event.detail });
  if (event.kind === 'resolved' && t.has(`reasons.${event.detail}`)) return t('events.resolvedBy', { reason: t(`reasons.${event.detail}`) });
  return t(`events.${event.kind}`);
}

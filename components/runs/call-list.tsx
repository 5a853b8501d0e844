'use client';

import { ChevronRight } from 'lucide-react';
import { useFormatter, useTranslations } from 'next-intl';
import { Collapsible } from 'radix-ui';
import { useDuration } from '#components/i18n/use-duration.ts';
import { Badge } from '#components/ui/badge.tsx';
import { CopyButton } from '#components/ui/copy-button.tsx';
import type { CallView } from '#server/views/run.ts';
import { MessagePart } from './message-part.tsx';

/** Everything a step sent, and what came back. One call is open from the start: the failed one, else the first. */
export function CallList({ calls }: { calls: readonly CallView[] }) {
  const first = calls.find((call) => call.failureClass !== null) ?? calls[0];
  return (
    <ul className="divide-y divide-border">
      {calls.map((call) => (
        <li key={call.id}>
          <Call call={call} open={call === first} />
        </li>
      ))}
    </ul>
  );
}

function Call({ call, open }: { call: CallView; open: boolean }) {
  const t = useTranslations('runs');
  const format = useFormatter();
  const duration = useDuration();
  return (
    <Collapsible.Root defaultOpen={open}>
      <Collapsible.Trigger className="group flex w-full items-center gap-2 px-4 py-2.5 text-left -outline-offset-2 hover:bg-surface-2">
        <ChevronRight aria-hidden className="size-4 shrink-0 text-text-muted transition-transform duration-100 group-data-[state=open]:rotate-90" />
        <span className="font-mono text-xs font-semibold">{call.method}</span>
        <span className="min-w-0 flex-1 truncate font-mono text-xs" title={call.url}>
          {pathOf(call.url)}
        </span>
        <Badge tone={call.failureClass === null ? 'success' : 'failed'}>{call.status === null ? t('noAnswer') : call.status}</Badge>
        <span className="shrink-0 text-xs text-text-muted">{duration(call.durationMs)}</span>
      </Collapsible.Trigger>
      <Collapsible.Content className="flex flex-col gap-3 px-4 pt-1 pb-4">
        <div className="flex items-start gap-1 text-xs">
          <span className="min-w-0 flex-1 font-mono break-all">
            {call.method} {call.url}
          </span>
          <CopyButton text={call.url} label={t('copyUrl')} className="-my-1" />
        </div>
        <p className="text-xs text-text-muted">
          {t('callFacts', { record: call.recordKey, time: format.dateTime(new Date(call.startedAt), 'moment'), duration: duration(call.durationMs) })}
        </p>
        <MessagePart title={t('sent')} headers={call.requestHeaders} body={call.requestText} />
        <MessagePart title={call.status === null ? t('answer') : t('answerStatus', { status: call.status })} headers={call.responseHeaders} body={call.responseText} missing={call.status === null ? t('noAnswerText') : undefined} />
      </Collapsible.Content>
    </Collapsible.Root>
  );
}

/** Path and query: the host is the same for every call of a step and stands in the details. */
function pathOf(url: string): string {
  const parsed = URL.parse(url);
  return parsed === null ? url : parsed.pathname + parsed.search;
}

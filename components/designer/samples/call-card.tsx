'use client';

import { useTranslations } from 'next-intl';
import { Badge } from '#components/ui/badge.tsx';
import { CopyButton } from '#components/ui/copy-button.tsx';
import { Disclosure } from '#components/ui/disclosure.tsx';
import { JsonTree } from '#components/ui/json-tree.tsx';
import type { TestCall } from '#server/views/test.ts';

/** A call of a test: what was or would be sent, and what came back. */
export function CallCard({ call }: { call: TestCall }) {
  const t = useTranslations('designer.result');
  const headers = Object.entries(call.headers);
  return (
    <div className="flex min-w-0 flex-col gap-2 rounded-md border border-border p-2">
      <div className="flex flex-col gap-1 text-xs">
        <div className="flex items-center gap-1.5">
          <Badge tone={call.held ? 'changed' : callTone(call.status)}>{call.held ? t('wouldSend') : t('sent')}</Badge>
          <span className="min-w-0 flex-1 font-mono font-semibold">{call.method}</span>
          <CopyButton text={call.url} label={t('copyAddress')} className="-my-1" />
        </div>
        <p className="font-mono wrap-anywhere">{call.url}</p>
      </div>
      {headers.length > 0 && (
        <Disclosure label={t('headers', { count: headers.length })}>
          <dl className="mt-1 grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-0.5 font-mono text-2xs">
            {headers.map(([name, value]) => (
              <div key={name} className="contents">
                <dt className="text-text-muted">{name}</dt>
                <dd className="break-all">{value}</dd>
              </div>
            ))}
          </dl>
        </Disclosure>
      )}
      {call.bodyText !== null && call.bodyText !== '' && <JsonTree text={call.bodyText} label={t('sentBody')} openDepth={2} />}
      {call.status !== undefined && (
        <p className="text-xs">
          {t('answered')} <span className="font-semibold">{call.status}</span>
        </p>
      )}
      {call.answerText !== undefined && call.answerText !== '' && <JsonTree text={call.answerText} label={t('answerBody')} openDepth={2} />}
    </div>
  );
}

function callTone(status: number | undefined) {
  if (status === undefined) return 'failed';
  return status < 400 ? 'success' : 'failed';
}

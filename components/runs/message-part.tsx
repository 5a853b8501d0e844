'use client';

import { useTranslations } from 'next-intl';
import { Disclosure } from '#components/ui/disclosure.tsx';
import { KeptBody } from './kept-body.tsx';

interface MessagePartProps {
  title: string;
  headers: Readonly<Record<string, string>>;
  body: string | null;
  /** Said instead of everything else: there was no message. */
  missing?: string;
}

/** One direction of a call: headers, folded away, and body. */
export function MessagePart({ title, headers, body, missing }: MessagePartProps) {
  const t = useTranslations('runs');
  const entries = Object.entries(headers);
  return (
    <section className="flex flex-col gap-1.5">
      <h3 className="text-xs font-semibold">{title}</h3>
      {missing !== undefined ? (
        <p className="text-sm text-text-muted">{missing}</p>
      ) : (
        <>
          {entries.length > 0 && (
            <Disclosure label={t('headers', { count: entries.length })} className="text-xs">
              <dl className="mt-1 grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-0.5 rounded-md bg-surface-2 px-3 py-2 font-mono">
                {entries.map(([name, value]) => (
                  <div key={name} className="contents">
                    <dt className="text-text-muted">{name}</dt>
                    <dd className="break-all">{value}</dd>
                  </div>
                ))}
              </dl>
            </Disclosure>
          )}
          {body === null || body === '' ? <p className="text-xs text-text-muted">{t('noBody')}</p> : <KeptBody text={body} label={title} openDepth={2} />}
        </>
      )}
    </section>
  );
}

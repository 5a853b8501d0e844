'use client';

import { useMutation } from '@tanstack/react-query';
import { CircleAlert, CircleCheck, PlugZap } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useDuration } from '#components/i18n/use-duration.ts';
import { useErrorText } from '#components/i18n/use-error-text.ts';
import { useTrpc } from '#components/trpc/trpc.ts';
import { Button } from '#components/ui/button.tsx';
import { cn } from '#components/ui/cn.ts';
import type { ConnectionTestView } from '#server/views/connection.ts';

/** Tries a connection and says in words what came of it. The result stays until the next try. */
export function ConnectionTest({ connectionId }: { connectionId: string }) {
  const t = useTranslations('connections');
  const trpc = useTrpc();
  const errorText = useErrorText();
  const resultText = useTestText();
  const test = useMutation(trpc.connection.test.mutationOptions());
  const failed = test.isError || test.data?.ok === false;
  const shown = test.isError ? errorText(test.error) : test.data === undefined ? null : resultText(test.data);
  return (
    <div className="flex min-w-0 flex-col items-start gap-1">
      <Button size="sm" busy={test.isPending} onClick={() => test.mutate({ connectionId })}>
        {!test.isPending && <PlugZap aria-hidden className="size-3.5" />}
        {test.isPending ? t('test.running') : t('test.run')}
      </Button>
      <p role="status" className={cn('flex gap-1.5 text-xs empty:-mt-1', failed ? 'text-failed' : 'text-success')}>
        {shown !== null && (
          <>
            {failed ? <CircleAlert aria-hidden className="mt-px size-3.5 shrink-0" /> : <CircleCheck aria-hidden className="mt-px size-3.5 shrink-0" />}
            <span className="min-w-0 break-words">{shown}</span>
          </>
        )}
      </p>
    </div>
  );
}

/** The sentence for a result: by the answer's status where there was one, by the failure's code otherwise. */
function useTestText(): (result: ConnectionTestView) => string {
  const t = useTranslations('connections.test');
  const duration = useDuration();
  return (result) => {
    const values = { status: result.status ?? 0, duration: duration(result.durationMs) };
    if (result.ok) return t('ok', values);
    if (result.status === 401 || result.status === 403) return t('signInRefused', values);
    if (result.status !== undefined) return t('answered', values);
    const key = `failure.${result.code ?? 'unknown'}`;
    return t.has(key) ? t(key, values) : t('noAnswer', values);
  };
}

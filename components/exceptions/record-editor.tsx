'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Pencil } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useErrorText } from '#components/i18n/use-error-text.ts';
import { CodeEditor } from '#components/schema-form/code-editor.tsx';
import { locateJsonFault } from '#components/schema-form/json-fault.ts';
import { useTrpc } from '#components/trpc/trpc.ts';
import { Button } from '#components/ui/button.tsx';
import { JsonTree } from '#components/ui/json-tree.tsx';
import { useToast } from '#components/ui/toast.tsx';
import { parseJson, stringifyJson } from '#engine/flow/json.ts';
import type { ExceptionDetail } from '#server/views/exception.ts';

/** The record as it reached the step; for whoever may, as text to be corrected and tried again. No digit is lost on the way. */
export function RecordEditor({ exception, editable }: { exception: ExceptionDetail; editable: boolean }) {
  const t = useTranslations('exceptions');
  const trpc = useTrpc();
  const queryClient = useQueryClient();
  const router = useRouter();
  const toast = useToast();
  const errorText = useErrorText();
  const [text, setText] = useState<string | null>(null);
  const fault = text === null ? null : locateJsonFault(text);
  const save = useMutation(
    trpc.exception.editAndRetry.mutationOptions({
      onSuccess: async ({ id }) => {
        setText(null);
        toast({ tone: 'success', title: t('retriedToast'), action: { label: t('seeRun'), onSelect: () => router.push(`/runs/${id}`) } });
        await queryClient.invalidateQueries({ queryKey: trpc.exception.pathKey() });
      },
    }),
  );
  return (
    <section aria-labelledby="record" className="flex flex-col gap-2">
      <div className="flex min-h-8 items-center justify-between gap-2">
        <h3 id="record" className="text-sm font-semibold">
          {t('record')}
        </h3>
        {editable && text === null && (
          <Button size="sm" onClick={() => setText(pretty(exception.dataText))}>
            <Pencil aria-hidden className="size-3.5" />
            {t('edit')}
          </Button>
        )}
      </div>
      {text === null ? (
        <JsonTree text={exception.dataText} label={t('record')} openDepth={2} />
      ) : (
        <>
          <p className="text-xs text-text-muted">{t('recordHint')}</p>
          <CodeEditor aria-label={t('record')} value={text} onValueChange={setText} rows={16} ownUndo {...(fault === null ? {} : { errorLine: fault.line, 'aria-invalid': true as const })} />
          {fault !== null && (
            <p role="alert" className="text-xs text-failed">
              {t('notJson', { line: fault.line, column: fault.column })}
            </p>
          )}
          {save.isError && (
            <p role="alert" className="rounded-md bg-failed-tint px-3 py-2 text-sm text-failed">
              {errorText(save.error)}
            </p>
          )}
          <div className="flex flex-wrap gap-2">
            <Button variant="primary" busy={save.isPending} disabled={fault !== null} onClick={() => save.mutate({ exceptionId: exception.id, dataText: text })}>
              {t('saveAndRetry')}
            </Button>
            <Button variant="quiet" onClick={() => setText(null)}>
              {t('cancelEdit')}
            </Button>
          </div>
        </>
      )}
    </section>
  );
}

function pretty(text: string): string {
  try {
    return stringifyJson(parseJson(text), 2);
  } catch {
    return text;
  }
}

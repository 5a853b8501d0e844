'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useErrorText } from '#components/i18n/use-error-text.ts';
import { useTrpc } from '#components/trpc/trpc.ts';
import type { FlowView } from '#server/views/flow.ts';
import { useDesigner } from './use-designer.ts';

/** The flow's name: written where it stands, kept on Enter or on leaving, put back by Escape. */
export function FlowName({ flow }: { flow: FlowView }) {
  const t = useTranslations('designer.header');
  const trpc = useTrpc();
  const queries = useQueryClient();
  const errorText = useErrorText();
  const readOnly = useDesigner((state) => state.readOnly);
  const [name, setName] = useState(flow.name);
  const rename = useMutation({
    ...trpc.flow.rename.mutationOptions(),
    onSuccess: () => Promise.all([queries.invalidateQueries(trpc.flow.get.queryFilter({ flowId: flow.id })), queries.invalidateQueries(trpc.flow.list.queryFilter())]),
  });
  const [seen, setSeen] = useState(flow.name);
  if (seen !== flow.name) {
    setSeen(flow.name);
    setName(flow.name);
  }
  if (readOnly) return <h1 className="truncate text-sm font-semibold">{flow.name}</h1>;
  function keep(): void {
    const next = name.trim();
    if (next === '') setName(flow.name);
    else if (next !== flow.name) rename.mutate({ flowId: flow.id, name: next });
  }
  return (
    <div className="max-w-96 min-w-0 shrink max-md:basis-3/4">
      <h1 className="sr-only">{flow.name}</h1>
      <input
        aria-label={t('name')}
        aria-invalid={rename.isError || undefined}
        data-own-undo
        maxLength={120}
        className="field-sizing-content w-full max-w-full min-w-24 truncate rounded-md border border-transparent bg-transparent px-1.5 py-1 text-sm font-semibold hover:border-border focus:border-accent focus:bg-raised focus:outline-none "
        value={name}
        onChange={(event) => setName(event.target.value)}
        onBlur={keep}
        onKeyDown={(event) => {
          if (event.key === 'Enter') event.currentTarget.blur();
          if (event.key === 'Escape') setName(flow.name);
        }}
      />
      {rename.isError && (
        <p role="alert" className="px-1.5 text-xs text-failed">
          {errorText(rename.error)}
        </p>
      )}
    </div>
  );
}

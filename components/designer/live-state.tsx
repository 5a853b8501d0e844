'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ChevronDown, History, Pause, Play } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useErrorText } from '#components/i18n/use-error-text.ts';
import { useCan } from '#components/shell/session-context.tsx';
import { useTrpc } from '#components/trpc/trpc.ts';
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx';
import { Menu, MenuItem } from '#components/ui/menu.tsx';
import { StatusDot } from '#components/ui/status-dot.tsx';
import { useToast } from '#components/ui/toast.tsx';
import type { FlowView } from '#server/views/flow.ts';

/** Which version takes events, and the switch. */
export function LiveState({ flow, onVersions }: { flow: FlowView; onVersions: () => void }) {
  const t = useTranslations('designer.live');
  const flows = useTranslations('flows');
  const mayPublish = useCan('flow:publish');
  const [confirming, setConfirming] = useState(false);
  const toggle = useToggleLive(flow, () => setConfirming(false));
  const errorText = useErrorText();
  const { live } = flow;
  const state = live === null ? 'never' : live.active ? 'live' : 'paused';
  const word = (
    <>
      <StatusDot tone={live?.held === true ? 'waiting' : TONES[state]} />
      {t(state, { number: live?.number ?? 0 })}
      {live?.held === true && <span className="font-medium text-waiting">· {flows('held')}</span>}
    </>
  );
  if (live === null || !mayPublish) return <span className="flex h-8 shrink-0 items-center gap-1.5 px-2 text-xs text-text-muted">{word}</span>;
  return (
    <>
      <Menu
        trigger={
          <button type="button" className="flex h-8 shrink-0 items-center gap-1.5 rounded-md px-2 text-xs hover:bg-surface-3">
            {word}
            <ChevronDown aria-hidden className="size-3.5 text-text-muted" />
          </button>
        }
      >
        {live.active ? (
          <MenuItem icon={<Pause />} onSelect={() => setConfirming(true)}>
            {t('deactivate')}
          </MenuItem>
        ) : (
          <MenuItem icon={<Play />} onSelect={() => setConfirming(true)}>
            {t('activate', { number: live.number })}
          </MenuItem>
        )}
        <MenuItem icon={<History />} onSelect={onVersions}>
          {t('versions')}
        </MenuItem>
      </Menu>
      <ConfirmDialog
        open={confirming}
        onOpenChange={setConfirming}
        tone="primary"
        title={t(live.active ? 'deactivateTitle' : 'activateTitle', { number: live.number })}
        description={t(live.active ? 'deactivateText' : 'activateText', { number: live.number })}
        confirmLabel={live.active ? t('deactivate') : t('activate', { number: live.number })}
        busy={toggle.isPending}
        error={toggle.isError ? errorText(toggle.error) : undefined}
        onConfirm={() => toggle.mutate(live)}
      />
    </>
  );
}

const TONES = { never: 'neutral', live: 'success', paused: 'waiting' } as const;

function useToggleLive(flow: FlowView, onDone: () => void) {
  const t = useTranslations('designer.live');
  const trpc = useTrpc();
  const queries = useQueryClient();
  const toast = useToast();
  const activate = useMutation(trpc.flow.activate.mutationOptions());
  const deactivate = useMutation(trpc.flow.deactivate.mutationOptions());
  return useMutation({
    mutationFn: async (live: { versionId: string; active: boolean }) => {
      if (live.active) await deactivate.mutateAsync({ flowId: flow.id });
      else await activate.mutateAsync({ flowId: flow.id, versionId: live.versionId });
    },
    onSuccess: async (_result, live) => {
      onDone();
      toast({ tone: 'success', title: t(live.active ? 'deactivated' : 'activated') });
      await queries.invalidateQueries(trpc.flow.pathFilter());
    },
  });
}

'use client';

import { ChevronDown, ChevronLeft, ChevronRight, ClipboardPaste, FlaskConical, History, Pencil, Pin, PinOff } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type ReactNode, useState } from 'react';
import { IconButton } from '#components/ui/icon-button.tsx';
import { Menu, MenuItem, MenuLabel, MenuSeparator } from '#components/ui/menu.tsx';
import { useDesigner } from '../use-designer.ts';
import { NameDialog } from './name-dialog.tsx';
import { PasteDialog } from './paste-dialog.tsx';
import { RemoveDialog } from './remove-dialog.tsx';
import type { NodeSample, SampleKind } from './sample-list.ts';
import { recordLine, useSampleName } from './sample-words.ts';
import type { NodeSamples } from './use-samples.ts';

const ICONS: Record<SampleKind, ReactNode> = {
  test: <FlaskConical aria-hidden />,
  pinned: <Pin aria-hidden />,
  pasted: <ClipboardPaste aria-hidden />,
  event: <History aria-hidden />,
};
const ORDER: readonly SampleKind[] = ['test', 'pinned', 'pasted', 'event'];

type Asking = 'pin' | 'rename' | 'remove' | 'paste' | null;

/** Which record is looked at: step through them, choose one, keep one under a name, paste another. */
export function SampleBar({ samples: of, triggerId }: { samples: NodeSamples; triggerId: string | null }) {
  const t = useTranslations('samples');
  const nameOf = useSampleName();
  const readOnly = useDesigner((state) => state.readOnly);
  const [asking, setAsking] = useState<Asking>(null);
  const { samples, current, source } = of;
  const at = current === null ? 0 : samples.indexOf(current) + 1;
  const several = samples.length > 1;
  return (
    <div role="group" aria-label={t('label')} className="flex min-w-0 items-center gap-0.5">
      <IconButton size="sm" label={t('before')} icon={<ChevronLeft />} disabled={!several} onClick={() => of.step(-1)} />
      <Menu
        className="max-h-96 w-88 max-w-[92vw]"
        trigger={
          <button
            type="button"
            aria-label={t('choose', { name: current === null ? t('none') : nameOf(current) })}
            className="flex h-7 min-w-0 flex-1 items-center gap-1.5 rounded-md border border-border bg-raised px-2 text-left text-xs hover:bg-surface-3 pointer-coarse:h-10 [&_svg]:size-3.5 [&_svg]:shrink-0"
          >
            {current !== null && <span className="text-text-muted">{ICONS[current.kind]}</span>}
            <span className="min-w-0 flex-1 truncate">{current === null ? t(of.loading ? 'loading' : 'none') : nameOf(current)}</span>
            {several && <span className="shrink-0 text-text-muted tabular-nums">{t('place', { at, of: samples.length })}</span>}
            <ChevronDown aria-hidden className="text-text-muted" />
          </button>
        }
      >
        {samples.length === 0 && <MenuLabel>{t('nothing')}</MenuLabel>}
        {ORDER.map((kind) => (
          <Kind key={kind} label={t(`kinds.${kind}`)} samples={samples.filter((sample) => sample.kind === kind)} current={current} onChoose={of.choose} />
        ))}
        {triggerId !== null && !readOnly && (
          <>
            <MenuSeparator />
            <MenuItem icon={<ClipboardPaste />} onSelect={() => setAsking('paste')}>
              {t('paste')}
            </MenuItem>
          </>
        )}
      </Menu>
      <IconButton size="sm" label={t('after')} icon={<ChevronRight />} disabled={!several} onClick={() => of.step(1)} />
      {!readOnly && current !== null && current.kind !== 'pinned' && <IconButton size="sm" label={t('pin')} icon={<Pin />} disabled={source === null} onClick={() => setAsking('pin')} />}
      {!readOnly && current?.kind === 'pinned' && (
        <>
          <IconButton size="sm" label={t('rename')} icon={<Pencil />} onClick={() => setAsking('rename')} />
          <IconButton size="sm" label={t('remove')} icon={<PinOff />} onClick={() => setAsking('remove')} />
        </>
      )}
      {asking === 'pin' && <NameDialog title={t('pinTitle')} text={t(source?.kind === 'event' ? 'pinRealText' : 'pinText')} onClose={() => setAsking(null)} onName={(name) => of.pin(name)} />}
      {asking === 'rename' && current !== null && <NameDialog title={t('rename')} first={current.name} onClose={() => setAsking(null)} onName={(name) => of.rename(current.id, name)} />}
      {asking === 'remove' && current !== null && <RemoveDialog name={current.name} onClose={() => setAsking(null)} onRemove={() => of.remove(current.id)} />}
      {asking === 'paste' && triggerId !== null && <PasteDialog triggerId={triggerId} onClose={() => setAsking(null)} />}
    </div>
  );
}

interface KindProps {
  label: string;
  samples: readonly NodeSample[];
  current: NodeSample | null;
  onChoose: (id: string) => void;
}

function Kind({ label, samples, current, onChoose }: KindProps) {
  const nameOf = useSampleName();
  if (samples.length === 0) return null;
  return (
    <>
      <MenuLabel>{label}</MenuLabel>
      {samples.map((sample) => (
        <MenuItem key={sample.id} icon={<span className={sample === current ? 'text-accent' : 'text-text-muted'}>{ICONS[sample.kind]}</span>} onSelect={() => onChoose(sample.id)}>
          <span className={sample === current ? 'block truncate font-medium' : 'block truncate'} aria-current={sample === current ? 'true' : undefined}>
            {nameOf(sample)}
          </span>
          <span className="block truncate font-mono text-2xs text-text-muted">{recordLine(sample.data)}</span>
        </MenuItem>
      ))}
    </>
  );
}

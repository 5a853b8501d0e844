'use client';

import { ArrowLeft, CircleAlert, Pin, Sparkles } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Popover } from 'radix-ui';
import type { ReactNode } from 'react';
import { SampleBar } from '#components/designer/samples/sample-bar.tsx';
import type { NodeSamples } from '#components/designer/samples/use-samples.ts';
import { Button } from '#components/ui/button.tsx';
import { cn } from '#components/ui/cn.ts';
import { IconButton } from '#components/ui/icon-button.tsx';
import { exampleOf } from '#components/schema-form/sample-paths.ts';
import type { MappingError } from '#engine/mapping/frame.ts';
import type { Suggestion } from '#engine/schema/suggest.ts';
import { useMappingFault } from '../use-mapping-fault.ts';
import type { ExpectationResult } from '#engine/mapping/expectations.ts';

interface RoomHeaderProps {
  label: string;
  samples: NodeSamples;
  triggerId: string | null;
  /** Paths of required targets that nothing fills. */
  missing: readonly string[];
  errors: readonly MappingError[];
  verdicts: readonly ExpectationResult[];
  obvious: readonly Suggestion[];
  readOnly: boolean;
  onAccept: () => void;
  onGo: (target: string) => void;
  onClose: () => void;
}

/** What stands above both trees: the record everything is shown for, and what is still to be done, each with a way there. */
export function RoomHeader({ label, samples, triggerId, missing, errors, verdicts, obvious, readOnly, onAccept, onGo, onClose }: RoomHeaderProps) {
  const t = useTranslations('mapping.room');
  const fault = useMappingFault();
  const broken = verdicts.filter(({ state }) => state === 'broken');
  return (
    <header className="flex min-h-11 shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-b border-border bg-surface px-2 py-1">
      <IconButton size="sm" label={t('back')} shortcut="Esc" icon={<ArrowLeft />} onClick={onClose} />
      <h2 className="max-w-60 truncate text-sm font-semibold">{label}</h2>
      <div className="w-80 max-w-full min-w-0">
        <SampleBar samples={samples} triggerId={triggerId} />
      </div>
      <div className="ml-auto flex flex-wrap items-center gap-1">
        <Todo tone="failed" icon={<CircleAlert />} text={t('missingCount', { count: missing.length })} count={missing.length}>
          {missing.map((path) => (
            <TodoLine key={path} text={path} onGo={() => onGo(path)} />
          ))}
        </Todo>
        <Todo tone="failed" icon={<CircleAlert />} text={t('failingCount', { count: errors.length })} count={errors.length}>
          {errors.map((error) => (
            <TodoLine key={`${error.ruleId} ${error.target}`} text={error.target} hint={fault(error)} onGo={() => onGo(error.target.replaceAll(/\[\d+\]/g, '[]').replace(/\[\]$/, ''))} />
          ))}
        </Todo>
        <Todo tone={broken.length > 0 ? 'failed' : 'success'} icon={<Pin />} text={broken.length > 0 ? t('brokenCount', { count: broken.length }) : t('pinCount', { count: verdicts.length })} count={verdicts.length}>
          {verdicts.map(({ expectation, state, actual }) => (
            <TodoLine
              key={expectation.id}
              text={expectation.target}
              hint={state === 'broken' ? t('expectedNow', { expected: exampleOf(expectation.value), now: actual === null ? t('empty') : exampleOf(actual) }) : t(`verdicts.${state}`)}
              failed={state === 'broken'}
              onGo={() => {
                if (state !== 'unknown') samples.choose(expectation.sampleId);
                onGo(expectation.target.replaceAll(/\[\d+\]/g, '[]'));
              }}
            />
          ))}
        </Todo>
        {!readOnly && obvious.length > 0 && (
          <Button size="sm" variant="primary" aria-keyshortcuts="A" onClick={onAccept}>
            <Sparkles aria-hidden className="size-3.5" />
            {t('acceptObvious', { count: obvious.length })}
          </Button>
        )}
      </div>
    </header>
  );
}

interface TodoProps {
  tone: 'failed' | 'success';
  icon: ReactNode;
  text: string;
  count: number;
  children: ReactNode;
}

/** A count that opens to what it counts. */
function Todo({ tone, icon, text, count, children }: TodoProps) {
  if (count === 0) return null;
  return (
    <Popover.Root>
      <Popover.Trigger asChild>
        <Button size="sm" variant="quiet" className={cn('[&_svg]:size-3.5', tone === 'failed' ? 'text-failed!' : 'text-success!')}>
          <span aria-hidden>{icon}</span>
          {text}
        </Button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content align="end" sideOffset={4} collisionPadding={8} aria-label={text} className="z-60 max-h-96 w-96 max-w-[92vw] overflow-y-auto rounded-md bg-raised p-1 shadow-float animate-enter">
          <ul>{children}</ul>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function TodoLine({ text, hint, failed = false, onGo }: { text: string; hint?: string; failed?: boolean; onGo: () => void }) {
  return (
    <li>
      <Popover.Close asChild>
        <button type="button" className="flex w-full flex-col items-start rounded-sm px-2 py-1 text-left hover:bg-surface-3" onClick={onGo}>
          <span className="max-w-full truncate font-mono text-xs">{text}</span>
          {hint !== undefined && <span className={cn('text-2xs', failed ? 'text-failed' : 'text-text-muted')}>{hint}</span>}
        </button>
      </Popover.Close>
    </li>
  );
}

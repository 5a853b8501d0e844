'use client';

import { Ellipsis, Pause, Pencil, Play, Trash2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { monogram } from '#components/brand/monogram.ts';
import { IconButton } from '#components/ui/icon-button.tsx';
import { ListCell, ListRow } from '#components/ui/list-grid.tsx';
import { Menu, MenuItem, MenuSeparator } from '#components/ui/menu.tsx';
import type { ConnectionView } from '#server/views/connection.ts';
import { ConnectionTest } from './connection-test.tsx';
import { HealthCell } from './health-cell.tsx';

export const CONNECTION_GRID = 'md:grid-cols-[minmax(0,2.2fr)_minmax(8rem,1.6fr)_minmax(6rem,1fr)_minmax(6rem,0.8fr)_minmax(8rem,1.4fr)_2rem]';

interface ConnectionRowProps {
  connection: ConnectionView;
  onEdit: (() => void) | undefined;
  onRemove: (() => void) | undefined;
  onPause: (() => void) | undefined;
  onResume: (() => void) | undefined;
}

/** One connection: where it leads, how it signs in, and whether it answers. */
export function ConnectionRow({ connection, onEdit, onRemove, onPause, onResume }: ConnectionRowProps) {
  const t = useTranslations('connections');
  const common = useTranslations('common');
  return (
    <ListRow grid={CONNECTION_GRID} className="md:py-2.5">
      <ListCell wide className="flex items-center gap-3 max-md:pr-10">
        <span aria-hidden className="flex size-8 shrink-0 items-center justify-center rounded-md bg-surface-3 text-xs font-semibold text-text-muted">
          {monogram(connection.name)}
        </span>
        <span className="min-w-0">
          {onEdit === undefined ? (
            <span className="block truncate font-medium">{connection.name}</span>
          ) : (
            <button type="button" onClick={onEdit} className="block max-w-full truncate rounded-sm text-left font-medium hover:underline">
              {connection.name}
            </button>
          )}
          <span className="block truncate font-mono text-xs text-text-muted">{connection.baseUrl}</span>
        </span>
      </ListCell>
      <ListCell wide label={t('health.title')}>
        <HealthCell health={connection.health} />
      </ListCell>
      <ListCell label={t('authKind')}>{t(`auth.${connection.authKind}`)}</ListCell>
      <ListCell label={t('webhookSecret')} className={connection.hasWebhookSecret ? undefined : 'text-text-muted'}>
        {connection.hasWebhookSecret ? t('stored') : t('notSet')}
      </ListCell>
      <ListCell wide>{onEdit !== undefined && <ConnectionTest connectionId={connection.id} />}</ListCell>
      <ListCell className="max-md:absolute max-md:top-3 max-md:right-2">
        {onEdit !== undefined && onRemove !== undefined && (
          <span className="flex justify-end">
            <Menu align="end" trigger={<IconButton size="sm" label={t('actionsOf', { name: connection.name })} icon={<Ellipsis />} />}>
              <MenuItem icon={<Pencil aria-hidden />} onSelect={onEdit}>
                {common('edit')}
              </MenuItem>
              {onPause !== undefined && connection.health.state !== 'paused' && (
                <MenuItem icon={<Pause aria-hidden />} onSelect={onPause}>
                  {t('health.pause')}
                </MenuItem>
              )}
              {onResume !== undefined && connection.health.state !== 'ok' && (
                <MenuItem icon={<Play aria-hidden />} onSelect={onResume}>
                  {t('health.resume')}
                </MenuItem>
              )}
              <MenuSeparator />
              <MenuItem icon={<Trash2 aria-hidden />} tone="danger" onSelect={onRemove}>
                {common('remove')}
              </MenuItem>
            </Menu>
          </span>
        )}
      </ListCell>
    </ListRow>
  );
}

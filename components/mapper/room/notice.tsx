'use client';

import { useTranslations } from 'next-intl';
import { Kbd } from '#components/ui/kbd.tsx';
import { useRoomView } from './room-context.ts';
import type { Room } from './room-context.ts';

/** One line below both trees: what is held, what could not be drawn, and how to go on; read aloud as it changes. */
export function Notice({ room }: { room: Room }) {
  const t = useTranslations('mapping.room');
  const notice = useRoomView((view) => view.notice);
  const held = useRoomView((view) => view.held);
  return (
    <div className="flex h-7 shrink-0 items-center gap-3 border-t border-border bg-surface-2 px-3 text-2xs text-text-muted">
      <p role="status" className={notice === '' ? 'sr-only' : 'min-w-0 truncate text-xs text-text'}>
        {notice}
      </p>
      <p id="mapper-help" className="ml-auto hidden shrink-0 items-center gap-1 md:flex">
        {room.readOnly ? t('helpReadOnly') : t(held === null ? 'help' : 'helpHeld')}
        {held !== null && <Kbd>Esc</Kbd>}
      </p>
    </div>
  );
}

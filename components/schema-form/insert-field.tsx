'use client';

import { Braces } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { RefObject } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Menu, MenuItem, MenuLabel } from '#components/ui/menu.tsx';
import { useSamplePaths } from './form-world.ts';

interface InsertFieldProps {
  target: RefObject<HTMLInputElement | HTMLTextAreaElement | null>;
  value: string;
  onInsert: (text: string) => void;
}

/** Puts `{{field}}` of the sample where the caret is. */
export function InsertField({ target, value, onInsert }: InsertFieldProps) {
  const t = useTranslations('forms');
  const paths = useSamplePaths().filter(({ path, type }) => type !== 'object' && type !== 'list' && !path.includes('[]'));
  return (
    <Menu
      align="end"
      className="max-h-80 max-w-96"
      trigger={
        <Button variant="quiet" size="sm" className="-my-1 h-6!">
          <Braces aria-hidden className="size-3.5" />
          {t('insertField')}
        </Button>
      }
    >
      {paths.length === 0 && <MenuLabel>{t('noSample')}</MenuLabel>}
      {paths.slice(0, 200).map(({ path, example }) => (
        <MenuItem
          key={path}
          onSelect={() => {
            const at = target.current?.selectionStart ?? value.length;
            const end = target.current?.selectionEnd ?? at;
            onInsert(`${value.slice(0, at)}{{${path}}}${value.slice(end)}`);
          }}
        >
          <span className="flex items-baseline gap-3 text-xs">
            <span className="truncate font-mono">{path}</span>
            <span className="ml-auto max-w-40 truncate text-text-muted">{example}</span>
          </span>
        </MenuItem>
      ))}
    </Menu>
  );
}

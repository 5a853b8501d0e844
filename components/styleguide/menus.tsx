'use client';

import { Archive, Copy, Monitor, Moon, Pencil, Sun } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Menu, MenuChoice, MenuItem, MenuLabel, MenuSeparator } from '#components/ui/menu.tsx';
import { Tooltip } from '#components/ui/tooltip.tsx';
import { Part } from './part.tsx';
import { State } from './state.tsx';

/** What opens beside a control. */
export function Menus() {
  const t = useTranslations('styleguide');
  const [choice, setChoice] = useState('light');
  return (
    <>
      <Part name="Menu" columns={3}>
        <State label={t('states.default')}>
          <Menu trigger={<Button>{t('sample.more')}</Button>}>
            <MenuLabel>{t('sample.flow')}</MenuLabel>
            <MenuItem icon={<Pencil />} shortcut="F2">
              {t('sample.rename')}
            </MenuItem>
            <MenuItem icon={<Copy />}>{t('sample.duplicate')}</MenuItem>
            <MenuItem icon={<Copy />} disabled>
              {t('sample.publish')}
            </MenuItem>
            <MenuSeparator />
            <MenuItem icon={<Archive />} tone="danger">
              {t('sample.archive')}
            </MenuItem>
          </Menu>
        </State>
        <State label={t('states.chosen')}>
          <Menu trigger={<Button>{t('sample.view')}</Button>}>
            <MenuChoice
              value={choice}
              onValueChange={setChoice}
              options={[
                { value: 'system', label: t('states.default'), icon: <Monitor /> },
                { value: 'light', label: t('tokens.light'), icon: <Sun /> },
                { value: 'dark', label: t('tokens.dark'), icon: <Moon /> },
              ]}
            />
          </Menu>
        </State>
        <State label={t('states.long')}>
          <Menu trigger={<Button>{t('sample.more')}</Button>} className="max-w-72">
            <MenuItem icon={<Pencil />}>{t('sample.longName')}</MenuItem>
            <MenuItem>{t('sample.longButton')}</MenuItem>
          </Menu>
        </State>
      </Part>
      <Part name="Tooltip" columns={3}>
        <State label={t('states.default')}>
          <Tooltip content={t('sample.tooltip')} shortcut="1">
            <Button>{t('sample.view')}</Button>
          </Tooltip>
        </State>
        <State label={t('states.long')}>
          <Tooltip content={t('sample.longTooltip')} side="right">
            <Button>{t('sample.view')}</Button>
          </Tooltip>
        </State>
      </Part>
    </>
  );
}

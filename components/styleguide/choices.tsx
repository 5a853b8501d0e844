'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Badge } from '#components/ui/badge.tsx';
import { Checkbox } from '#components/ui/checkbox.tsx';
import { Segments } from '#components/ui/segments.tsx';
import { Switch } from '#components/ui/switch.tsx';
import { Tabs } from '#components/ui/tabs.tsx';
import { Part } from './part.tsx';
import { State } from './state.tsx';

/** What is on or off, and which of several. */
export function Choices() {
  const t = useTranslations('styleguide');
  const [ticked, setTicked] = useState(false);
  const [on, setOn] = useState(false);
  const [view, setView] = useState<'canvas' | 'outline'>('canvas');
  const tabs = [
    { value: 'canvas', label: t('sample.canvas'), content: <p className="p-4 text-sm">{t('sample.tabText')}</p> },
    { value: 'problems', label: t('sample.problems'), badge: <Badge tone="failed">3</Badge>, content: <p className="p-4 text-sm">{t('sample.tabText')}</p> },
    { value: 'long', label: t('sample.longButton'), content: <p className="p-4 text-sm">{t('sample.tabText')}</p> },
  ];
  return (
    <>
      <Part name="Checkbox">
        <State label={t('states.default')}>
          <Checkbox checked={ticked} onCheckedChange={setTicked} label={t('sample.checkbox')} />
        </State>
        <State label={t('states.chosen')}>
          <Checkbox checked onCheckedChange={() => undefined} label={t('sample.checkbox')} />
        </State>
        <State label={t('states.mixed')}>
          <Checkbox checked="indeterminate" onCheckedChange={() => undefined} label={t('sample.checkbox')} />
        </State>
        <State label={t('states.disabled')}>
          <Checkbox checked disabled onCheckedChange={() => undefined} label={t('sample.checkbox')} />
        </State>
        <State label={t('states.long')}>
          <Checkbox checked={ticked} onCheckedChange={setTicked} label={t('sample.longName')} />
        </State>
      </Part>
      <Part name="Switch">
        <State label={t('states.default')}>
          <Switch checked={on} onCheckedChange={setOn} label={t('sample.switch')} hint={t('sample.switchHint')} />
        </State>
        <State label={t('states.open')}>
          <Switch checked onCheckedChange={() => undefined} label={t('sample.switch')} />
        </State>
        <State label={t('states.disabled')}>
          <Switch checked={false} disabled onCheckedChange={() => undefined} label={t('sample.switch')} />
        </State>
        <State label={t('states.long')}>
          <Switch checked={on} onCheckedChange={setOn} label={t('sample.longName')} hint={t('sample.longTooltip')} />
        </State>
      </Part>
      <Part name="Segments" columns={2}>
        <State label={t('states.default')}>
          <Segments
            label={t('sample.view')}
            value={view}
            onChange={setView}
            options={[
              { value: 'canvas', label: t('sample.canvas') },
              { value: 'outline', label: t('sample.outline') },
            ]}
          />
        </State>
      </Part>
      <Part name="Tabs" columns={2}>
        <State label={t('states.count')} fill>
          <Tabs label={t('sample.view')} items={tabs.slice(0, 2)} className="rounded-md border border-border" />
        </State>
        <State label={t('states.long')} fill>
          <Tabs label={t('sample.view')} items={tabs} defaultValue="long" className="rounded-md border border-border" />
        </State>
      </Part>
    </>
  );
}

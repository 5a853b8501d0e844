'use client';

import { useTranslations } from 'next-intl';
import { CodeBlock } from '#components/ui/code-block.tsx';
import { Disclosure } from '#components/ui/disclosure.tsx';
import { JsonTree } from '#components/ui/json-tree.tsx';
import { SplitPane } from '#components/ui/split-pane.tsx';
import { Part } from './part.tsx';
import { State } from './state.tsx';

/** An order with what is hard to show: more digits than a double holds, trailing zeros, nothing, depth. */
const ORDER =
  '{"id":731902664518830417,"name":"#1512","total":"164.90","rate":12.50,"paid":true,"note":null,"tags":[],"line_items":[{"sku":"FJ-SHELL-M","quantity":1,"price":{"amount":"139.95","currency":"EUR"}},{"sku":"FJ-SOCK-42","quantity":2,"price":{"amount":"12.48","currency":"EUR"}}]}';

/** Values as they came, and panes to see two things at once. */
export function Data() {
  const t = useTranslations('styleguide');
  return (
    <>
      <Part name="JsonTree" columns={2}>
        <State label={t('states.default')} fill>
          <JsonTree text={ORDER} label={t('sample.tree')} />
        </State>
        <State label={t('states.bare')} fill>
          <JsonTree text={ORDER} label={t('sample.tree')} openDepth={1} bare />
        </State>
        <State label={t('states.invalid')} fill>
          <JsonTree text="order=1512;total=164,90" label={t('sample.tree')} />
        </State>
        <State label={t('states.empty')} fill>
          <JsonTree text="" label={t('sample.tree')} />
        </State>
      </Part>
      <Part name="CodeBlock" columns={2}>
        <State label={t('states.long')} fill>
          <CodeBlock text={`POST ${t('sample.longValue')}`} />
        </State>
        <State label={t('states.wrapped')} fill>
          <CodeBlock text={`POST ${t('sample.longValue')}`} wrap />
        </State>
      </Part>
      <Part name="Disclosure" columns={2}>
        <State label={t('states.default')} fill>
          <Disclosure label={t('sample.more')}>
            <p className="mt-1 text-sm">{t('sample.longName')}</p>
          </Disclosure>
        </State>
        <State label={t('states.opened')} fill>
          <Disclosure label={t('sample.more')} open>
            <p className="mt-1 text-sm">{t('sample.longName')}</p>
          </Disclosure>
        </State>
      </Part>
      <Part name="SplitPane" columns={2}>
        <State label={t('states.row')} fill>
          <SplitPane className="h-32 rounded-md border border-border" label={t('sample.pane')} initial={160} min={80} max={240} first={<Pane text={t('sample.first')} />} second={<Pane text={t('sample.second')} />} />
        </State>
        <State label={t('states.column')} fill>
          <SplitPane
            direction="column"
            className="h-40 rounded-md border border-border"
            label={t('sample.pane')}
            initial={72}
            min={40}
            max={120}
            first={<Pane text={t('sample.first')} />}
            second={<Pane text={t('sample.second')} />}
          />
        </State>
      </Part>
    </>
  );
}

function Pane({ text }: { text: string }) {
  return <p className="p-3 text-sm text-text-muted">{text}</p>;
}

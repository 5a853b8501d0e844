'use client';

import { Archive, Plus } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { Button, type ButtonVariant } from '#components/ui/button.tsx';
import { CopyButton } from '#components/ui/copy-button.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { Kbd } from '#components/ui/kbd.tsx';
import { Part } from './part.tsx';
import { State } from './state.tsx';

const VARIANTS: readonly ButtonVariant[] = ['primary', 'secondary', 'quiet', 'danger'];

/** What can be pushed. */
export function Buttons() {
  const t = useTranslations('styleguide');
  return (
    <>
      {VARIANTS.map((variant) => (
        <Part key={variant} name={`Button ${variant}`}>
          <State label={t('states.default')}>
            <Button variant={variant}>{t(variant === 'danger' ? 'sample.remove' : 'sample.save')}</Button>
          </State>
          <State label={t('states.disabled')}>
            <Button variant={variant} disabled>
              {t(variant === 'danger' ? 'sample.remove' : 'sample.save')}
            </Button>
          </State>
          <State label={t('states.busy')}>
            <Button variant={variant} busy>
              {t(variant === 'danger' ? 'sample.remove' : 'sample.save')}
            </Button>
          </State>
          <State label={`${t('states.small')}, ${t('states.large')}`}>
            <div className="flex items-center gap-2">
              <Button variant={variant} size="sm">
                {t('sample.open')}
              </Button>
              <Button variant={variant} size="lg">
                {t('sample.open')}
              </Button>
            </div>
          </State>
        </Part>
      ))}
      <Part name="Button" columns={3}>
        <State label={t('states.icon')}>
          <Button>
            <Plus aria-hidden className="size-4" />
            {t('sample.open')}
          </Button>
        </State>
        <State label={t('states.link')}>
          <Button asChild>
            <Link href="#buttons">{t('sample.open')}</Link>
          </Button>
        </State>
        <State label={t('states.long')}>
          <Button>{t('sample.longButton')}</Button>
        </State>
      </Part>
      <Part name="IconButton">
        <State label={t('states.default')}>
          <IconButton label={t('sample.archive')} icon={<Archive />} shortcut="A" />
        </State>
        <State label={t('states.disabled')}>
          <IconButton label={t('sample.archive')} icon={<Archive />} disabled />
        </State>
        <State label={t('states.small')}>
          <IconButton label={t('sample.archive')} icon={<Archive />} size="sm" />
        </State>
        <State label={t('states.large')}>
          <IconButton label={t('sample.archive')} icon={<Archive />} size="lg" variant="secondary" />
        </State>
      </Part>
      <Part name="CopyButton, Kbd">
        <State label="CopyButton">
          <CopyButton text={t('sample.nameValue')} />
        </State>
        <State label="Kbd">
          <span className="flex gap-1">
            <Kbd>Ctrl</Kbd>
            <Kbd>K</Kbd>
          </span>
        </State>
      </Part>
    </>
  );
}

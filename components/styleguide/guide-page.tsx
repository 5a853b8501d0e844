'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { ThemeChoice } from '#components/brand/theme.ts';
import { LanguageMenu } from '#components/shell/language-menu.tsx';
import { ThemeMenu } from '#components/shell/theme-menu.tsx';
import { Accents } from './accents.tsx';
import { Buttons } from './buttons.tsx';
import { Choices } from './choices.tsx';
import { MeaningColours, NeutralScale } from './colours.tsx';
import { Data } from './data.tsx';
import { Fields } from './fields.tsx';
import { Lists } from './lists.tsx';
import { Menus } from './menus.tsx';
import { Notices } from './notices.tsx';
import { Overlays } from './overlays.tsx';
import { Status } from './status.tsx';
import { TypeAndShape } from './type-and-shape.tsx';

/** Chapters in order; each has its words below `styleguide.sections.<id>`. */
const SECTIONS = [
  { id: 'neutral', body: <NeutralScale /> },
  { id: 'meaning', body: <MeaningColours /> },
  { id: 'accent', body: <Accents /> },
  { id: 'type', body: <TypeAndShape /> },
  { id: 'buttons', body: <Buttons /> },
  { id: 'fields', body: <Fields /> },
  { id: 'choices', body: <Choices /> },
  { id: 'menus', body: <Menus /> },
  { id: 'overlays', body: <Overlays /> },
  { id: 'status', body: <Status /> },
  { id: 'notices', body: <Notices /> },
  { id: 'lists', body: <Lists /> },
  { id: 'data', body: <Data /> },
] as const satisfies readonly { id: string; body: ReactNode }[];

/** Every component in every state, for those who build the interface; no customer sees it. */
export function GuidePage({ theme }: { theme: ThemeChoice }) {
  const t = useTranslations('styleguide');
  return (
    <div className="mx-auto grid max-w-360 grid-cols-[minmax(0,1fr)] lg:grid-cols-[13rem_minmax(0,1fr)]">
      <nav aria-label={t('contents')} className="sticky top-0 hidden max-h-dvh flex-col gap-0.5 self-start overflow-y-auto px-4 py-6 lg:flex">
        {SECTIONS.map(({ id }) => (
          <a key={id} href={`#${id}`} className="rounded-md px-2 py-1 text-sm text-text-muted hover:bg-surface-3 hover:text-text">
            {t(`sections.${id}.title`)}
          </a>
        ))}
      </nav>
      <main className="flex min-w-0 flex-col gap-10 px-4 py-6 sm:px-6">
        <header className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
          <div className="min-w-0 flex-1 basis-80">
            <h1 className="text-xl font-semibold tracking-tight">{t('title')}</h1>
            <p className="mt-1 max-w-160 text-sm text-text-muted">{t('intro')}</p>
          </div>
          <div className="flex items-center gap-1">
            <LanguageMenu />
            <ThemeMenu initial={theme} />
          </div>
        </header>
        {SECTIONS.map(({ id, body }) => (
          <section key={id} id={id} aria-labelledby={`${id}-title`} className="scroll-mt-6">
            <h2 id={`${id}-title`} className="text-lg font-semibold">
              {t(`sections.${id}.title`)}
            </h2>
            <p className="mt-0.5 mb-1 max-w-160 text-sm text-text-muted">{t(`sections.${id}.note`)}</p>
            <div className="divide-y divide-border">{body}</div>
          </section>
        ))}
      </main>
    </div>
  );
}

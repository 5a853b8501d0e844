import { useTranslations } from 'next-intl';
import type { Brand } from '#components/brand/brand.ts';
import { BrandMark } from '#components/brand/brand-mark.tsx';
import { LanguageMenu } from '#components/shell/language-menu.tsx';
import { ThemeMenu } from '#components/shell/theme-menu.tsx';
import type { ThemeChoice } from '#components/brand/theme.ts';
import { SignInForm } from './sign-in-form.tsx';
import { Weave } from './weave.tsx';

interface SignInPageProps {
  brand: Brand;
  theme: ThemeChoice;
  /** A safe path of this site. */
  next: string;
  /** The visitor is signed in, but has no access at this address. */
  noAccess: boolean;
}

/** The partner's front door. */
export function SignInPage({ brand, theme, next, noAccess }: SignInPageProps) {
  const t = useTranslations('auth');
  return (
    <div className="grid min-h-dvh lg:grid-cols-[minmax(28rem,1fr)_minmax(0,1.1fr)]">
      <main className="flex flex-col px-6 py-6 sm:px-10">
        <BrandMark brand={brand} />
        <div className="mx-auto flex w-full max-w-88 flex-1 flex-col justify-center py-10">
          <h1 className="text-2xl font-semibold tracking-tight">{t('title')}</h1>
          <p className="mt-1 mb-6 text-base text-text-muted">{t('subtitle', { brand: brand.name })}</p>
          {noAccess && <p className="mb-4 rounded-md bg-waiting-tint px-3 py-2 text-sm text-waiting">{t('noAccess', { brand: brand.name })}</p>}
          <SignInForm next={next} />
          <p className="mt-6 text-xs text-text-muted">{t('help', { brand: brand.name })}</p>
        </div>
        <div className="-ml-2 flex items-center gap-1">
          <LanguageMenu />
          <ThemeMenu initial={theme} />
        </div>
      </main>
      <aside aria-hidden className="relative hidden overflow-hidden bg-accent-tint text-accent lg:block">
        <Weave className="absolute inset-0 size-full" />
      </aside>
    </div>
  );
}

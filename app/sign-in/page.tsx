import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { safeNext } from '#components/auth/safe-next.ts';
import { SignInPage } from '#components/auth/sign-in-page.tsx';
import { pageBrand } from '#app/_page/page-brand.ts';
import { pageSession, pageTheme } from '#app/_page/page-session.ts';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('auth');
  return { title: t('pageTitle') };
}

export default async function Page({ searchParams }: { searchParams: Promise<Record<string, string | string[] | undefined>> }) {
  const { next } = await searchParams;
  const target = safeNext(typeof next === 'string' ? next : undefined);
  const [page, brand, theme] = await Promise.all([pageSession(), pageBrand(), pageTheme()]);
  if (page.kind === 'signed_in') redirect(target);
  return <SignInPage brand={brand} theme={theme} next={target} noAccess={page.kind === 'no_access'} />;
}

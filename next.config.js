import createNextIntlPlugin from 'next-intl/plugin';

const withNextIntl = createNextIntlPlugin('./components/i18n/request.ts');

/** @type {import('next').NextConfig} */
const config = {
  // Types are checked by `npm run typecheck` (TypeScript 7), once, not a second time by the build.
  typescript: { ignoreBuildErrors: true },
  poweredByHeader: false,
  reactStrictMode: true,
  serverExternalPackages: ['postgres', 'pg-boss', '@node-rs/argon2', 'pino', 'better-auth'],
};

export default withNextIntl(config);

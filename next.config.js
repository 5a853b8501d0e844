import createNextIntlPlugin from 'next-intl/plugin';

const withNextIntl = createNextIntlPlugin('./components/i18n/request.ts');

/** @type {import('next').NextConfig} */
const config = {
  // Types are checked by `npm run typecheck` (TypeScript 7), once, not a second time by the build.
  typescript: { ignoreBuildErrors: true },
  poweredByHeader: false,
  reactStrictMode: true,
  // API answers carry their own, stricter set (server/http/security-headers.ts).
  headers: async () => [
    {
      source: '/((?!api/).*)',
      headers: [
        { key: 'X-Content-Type-Options', value: 'nosniff' },
        { key: 'Referrer-Policy', value: 'same-origin' },
        { key: 'Content-Security-Policy', value: "frame-ancestors 'self'; base-uri 'self'; form-action 'self'; object-src 'none'" },
        { key: 'Permissions-Policy', value: 'camera=(), microphone=(), geolocation=()' },
      ],
    },
  ],
  serverExternalPackages: ['postgres', 'pg-boss', '@node-rs/argon2', 'pino', 'better-auth'],
};

export default withNextIntl(config);

import { expect, it } from 'vitest';
import type { ConnectionView } from '#server/views/connection.ts';
import { checkForm, openForm, submission } from './connection-form.ts';

const stored: ConnectionView = {
  id: 'c',
  retailerId: 'r',
  name: 'Shop',
  connector: 'http',
  environment: 'production',
  baseUrl: 'https://shop.example/api',
  authKind: 'bearer',
  authConfig: {},
  hasSecret: true,
  hasWebhookSecret: false,
  updatedAt: '2026-01-01T00:00:00Z',
  concurrency: null, rateLimit: null, drainPerSecond: null,
  health: { state: 'ok', reasonCode: null, note: '', failures: 0, openedAt: null, probeAt: null, drainingSince: null, changedByName: null, changedAt: null, waiting: 0 },
};

it('a stored connection saves without its secret being typed again', () => {
  const form = openForm(stored);
  expect(checkForm(form, stored)).toEqual({});
  expect(submission(form)).toEqual({ name: 'Shop', baseUrl: 'https://shop.example/api', authKind: 'bearer', authConfig: {} });
});

it('a new one needs a name, an address and what its sign-in needs', () => {
  const form = openForm(null);
  expect(checkForm(form, null)).toEqual({ name: 'nameMissing', baseUrl: 'urlMissing' });
  expect(checkForm({ ...form, name: 'x', baseUrl: 'https://x.example', authKind: 'basic' }, null)).toEqual({ username: 'usernameMissing', secret: 'secretMissing' });
  expect(checkForm({ ...form, name: 'x', baseUrl: 'https://x.example', authKind: 'header', headerName: 'X Key', secret: 's' }, null)).toEqual({ headerName: 'headerMalformed' });
});

it.each(['shop.example', 'ftp://shop.example', 'https://', 'javascript:alert(1)'])('refuses the address %s', (baseUrl) => {
  expect(checkForm({ ...openForm(stored), baseUrl }, stored).baseUrl).toBe('urlMalformed');
});

it('refuses a password in the address', () => {
  expect(checkForm({ ...openForm(stored), baseUrl: 'https://user:pass@shop.example' }, stored).baseUrl).toBe('urlCarriesSecret');
});

it('sends only what belongs to the chosen way to sign in', () => {
  const form = { ...openForm(null), name: ' Shop ', baseUrl: 'https://x.example', username: 'u', headerName: 'X-Key', secret: 's', webhookSecret: 'w' };
  expect(submission({ ...form, authKind: 'none' })).toEqual({ name: 'Shop', baseUrl: 'https://x.example', authKind: 'none', authConfig: {}, webhookSecret: 'w' });
  expect(submission({ ...form, authKind: 'basic' })).toMatchObject({ authConfig: { username: 'u' }, secret: 's' });
  expect(submission({ ...form, authKind: 'header' })).toMatchObject({ authConfig: { header: 'X-Key' } });
});

it('asks for a stored secret again when the address leads to another host, not when only the path changes', () => {
  expect(checkForm({ ...openForm(stored), baseUrl: 'https://elsewhere.example/api' }, stored)).toEqual({ secret: 'secretForNewHost' });
  expect(checkForm({ ...openForm(stored), baseUrl: 'https://shop.example/v2' }, stored)).toEqual({});
});

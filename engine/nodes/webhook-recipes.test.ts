import { createHmac, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { describe, expect, test } from 'vitest';
import { deliveryId, verifyDelivery, type Delivery, type Hmac, type Verdict } from './webhook-recipes.ts';
import type { WebhookVerification } from './webhook-verification.ts';

const hmac: Hmac = (algorithm, secret, parts) => {
  const mac = createHmac(algorithm, secret);
  for (const part of parts) mac.update(part);
  return mac.digest();
};

const NOW = Date.parse('2026-03-14T09:26:53Z');

interface Sent {
  verification: WebhookVerification;
  headers: Record<string, string>;
  body: string;
  secrets: string[];
}

function verify({ verification, headers, body, secrets }: Sent, nowMs = NOW): Verdict {
  const delivery: Delivery = { headers, body: new TextEncoder().encode(body) };
  return verifyDelivery({ verification, delivery, secrets, nowMs, hmac });
}

function reasonOf(verdict: Verdict): string {
  return verdict.ok ? 'ok' : verdict.reason;
}

describe('Standard Webhooks, as the reference library signs', () => {
  const secret = `whsec_${randomBytes(24).toString('base64')}`;
  function signed(body: string, at = NOW): Sent {
    const signature = new Webhook(secret).sign('msg_1', new Date(at), body);
    return {
      verification: { recipe: 'standard-webhooks' },
      headers: {
        'webhook-id': 'msg_1',
        'webhook-timestamp': String(Math.floor(at / 1_000)),
        'webhook-signature': signature,
      },
      body,
      secrets: [secret],
    };
  }

  test('any body', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (body) => {
        expect(verify(signed(body))).toEqual({ ok: true });
      }),
    );
  });

  test('one of several signatures, one of two secrets', () => {
    const sent = signed('{}');
    const list = `v1,${randomBytes(32).toString('base64')} v1a,zzz ${sent.headers['webhook-signature']}`;
    expect(verify({ ...sent, headers: { ...sent.headers, 'webhook-signature': list } }).ok).toBe(true);
    expect(verify({ ...sent, secrets: [`whsec_${randomBytes(24).toString('base64')}`, secret] }).ok).toBe(true);
  });

  test('five minutes either way, not a second more', () => {
    const sent = signed('{}');
    expect(verify(sent, NOW + 300_000).ok).toBe(true);
    expect(reasonOf(verify(sent, NOW + 301_000))).toBe('timestamp_outside_window');
    expect(reasonOf(verify(sent, NOW - 301_000))).toBe('timestamp_outside_window');
  });

  test('anything changed is refused', () => {
    const sent = signed('{"a":1}');
    const change = (headers: Record<string, string>) => reasonOf(verify({ ...sent, headers: { ...sent.headers, ...headers } }));
    expect(reasonOf(verify({ ...sent, body: '{"a":2}' }))).toBe('signature_wrong');
    expect(change({ 'webhook-id': 'msg_2' })).toBe('signature_wrong');
    expect(change({ 'webhook-timestamp': String(NOW / 1_000 + 1) })).toBe('signature_wrong');
    expect(change({ 'webhook-timestamp': 'now' })).toBe('timestamp_missing');
    expect(change({ 'webhook-signature': '' })).toBe('signature_missing');
    expect(change({ 'webhook-signature': 'v1,%%%' })).toBe('signature_missing');
    expect(reasonOf(verify({ ...sent, secrets: [] }))).toBe('signature_wrong');
    expect(reasonOf(verify({ ...sent, secrets: [''] }))).toBe('signature_wrong');
  });
});

describe('Shopify', () => {
  const secret = 'shpss_0123456789abcdef';
  const verification: WebhookVerification = { recipe: 'shopify' };
  const signed = (body: string): Sent => ({
    verification,
    headers: { 'x-shopify-hmac-sha256': createHmac('sha256', secret).update(body, 'utf8').digest('base64') },
    body,
    secrets: [secret],
  });

  test('any body signed with the secret, and no other', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (body, other) => {
        fc.pre(body !== other);
        expect(verify(signed(body)).ok).toBe(true);
        expect(verify({ ...signed(body), body: other }).ok).toBe(false);
        expect(verify({ ...signed(body), secrets: [`${secret}x`] }).ok).toBe(false);
      }),
    );
  });

  test('names the delivery', () => {
    expect(deliveryId(verification, { headers: { 'x-shopify-webhook-id': ' b54557e4 ' } })).toBe('b54557e4');
    expect(deliveryId(verification, { headers: {} })).toBeNull();
  });
});

describe('generic', () => {
  test.each(['sha1', 'sha256', 'sha512'] as const)('hex %s with a prefix', (algorithm) => {
    const verification: WebhookVerification = { recipe: 'generic', header: 'X-Hub-Signature', algorithm, prefix: `${algorithm}=` };
    const signature = `${algorithm}=${createHmac(algorithm, 'key').update('body').digest('hex')}`;
    const sent: Sent = { verification, headers: { 'x-hub-signature': signature }, body: 'body', secrets: ['key'] };
    expect(verify(sent).ok).toBe(true);
    expect(reasonOf(verify({ ...sent, headers: { 'x-hub-signature': signature.slice(0, -2) } }))).toBe('signature_wrong');
    expect(reasonOf(verify({ ...sent, headers: { 'x-hub-signature': signature.slice(7) } }))).toBe('signature_missing');
  });

  test('without a header name nothing verifies', () => {
    const sent: Sent = { verification: { recipe: 'generic' }, headers: { '': 'aa' }, body: '', secrets: ['key'] };
    expect(verify(sent).ok).toBe(false);
  });

  test('unverified deliveries may still be named', () => {
    const verification: WebhookVerification = { recipe: 'none', dedupeHeader: 'X-Delivery' };
    expect(deliveryId(verification, { headers: { 'x-delivery': '7' } })).toBe('7');
    expect(verify({ verification, headers: {}, body: '', secrets: [] }).ok).toBe(true);
  });
});

describe('a fixed key in a header', () => {
  const verification: WebhookVerification = { recipe: 'api-key', header: 'X-Key' };
  const sent = (headers: Sent['headers'], secrets = ['old', 'k-123']): Sent => ({ verification, headers, body: '{}', secrets });

  test.each([
    [{ 'x-key': 'k-123' }, 'ok'],
    [{ 'x-key': ' Bearer k-123 ' }, 'ok'],
    [{ 'x-key': 'k-124' }, 'signature_wrong'],
    [{ 'x-key': '' }, 'signature_missing'],
    [{ 'x-api-key': 'k-123' }, 'signature_missing'],
  ])('%o', (headers, reason) => {
    expect(reasonOf(verify(sent(headers)))).toBe(reason);
  });

  test('an empty secret opens nothing, and the usual header is used when none is named', () => {
    expect(reasonOf(verify(sent({ 'x-key': 'x' }, [''])))).toBe('signature_wrong');
    expect(reasonOf(verify({ ...sent({ 'x-api-key': 'k-123' }), verification: { recipe: 'api-key' } }))).toBe('ok');
  });
});

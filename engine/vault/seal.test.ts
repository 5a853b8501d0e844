import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fromBase64Url, toBase64Url } from './base64url.ts';
import { generateSealingKey, keyId, open, publicKeyOf, seal, sealedFor } from './seal.ts';

const key = await generateSealingKey();
const place = 'partner/connection/secret/1';

describe('seal', () => {
  test('what was sealed is opened, whatever the text and the place', async () => {
    const text = fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary', maxLength: 400 }));
    await fc.assert(
      fc.asyncProperty(text, fc.string({ unit: 'grapheme' }), async (plain, aad) => {
        expect(await open(key.privateKey, aad, await seal(key.publicKey, aad, plain))).toBe(plain);
      }),
      { numRuns: 60 },
    );
  });

  test('the same text never looks the same twice, and is not in the sealed value', async () => {
    const [a, b] = [await seal(key.publicKey, place, 'shpss_4711'), await seal(key.publicKey, place, 'shpss_4711')];
    expect(a).not.toBe(b);
    expect(a).not.toContain('4711');
  });

  test('another key is told apart from damage', async () => {
    const other = await generateSealingKey();
    const sealed = await seal(key.publicKey, place, 'x');
    await expect(open(other.privateKey, place, sealed)).rejects.toMatchObject({ name: 'SealError', code: 'wrong_key' });
  });

  test('another place cannot open it', async () => {
    const sealed = await seal(key.publicKey, place, 'x');
    await fc.assert(
      fc.asyncProperty(fc.string(), async (aad) => {
        fc.pre(aad !== place);
        await expect(open(key.privateKey, aad, sealed)).rejects.toMatchObject({ code: 'not_authentic' });
      }),
      { numRuns: 30 },
    );
  });

  test('no single character of a sealed value can be changed', async () => {
    const sealed = await seal(key.publicKey, place, 'secret');
    for (let at = 0; at < sealed.length; at++) {
      const changed = sealed.slice(0, at) + (sealed[at] === 'A' ? 'B' : 'A') + sealed.slice(at + 1);
      await expect(open(key.privateKey, place, changed)).rejects.toMatchObject({ name: 'SealError' });
    }
  });

  test('arbitrary text is malformed, never a crash', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string(), async (text) => {
        await expect(open(key.privateKey, place, text)).rejects.toMatchObject({ code: 'malformed' });
        await expect(seal(text, place, 'x')).rejects.toMatchObject({ code: 'malformed' });
      }),
      { numRuns: 50 },
    );
  });

  test('a low-order ephemeral point is refused', async () => {
    const forged = `v1.${await keyId(key.publicKey)}.${toBase64Url(new Uint8Array(64))}`;
    await expect(open(key.privateKey, place, forged)).rejects.toMatchObject({ code: 'malformed' });
  });
});

describe('keys', () => {
  test('the public half follows from the private one, and both have a stable short name', async () => {
    expect(await publicKeyOf(key.privateKey)).toBe(key.publicKey);
    expect(await keyId(key.publicKey)).toMatch(/^[0-9a-f]{16}$/);
    expect(sealedFor(await seal(key.publicKey, place, 'x'))).toBe(await keyId(key.publicKey));
    expect(sealedFor('plain text')).toBeNull();
  });
});

test('base64url goes both ways and knows one spelling only', () => {
  const bytes = fc.uint8Array({ maxLength: 20_000 });
  fc.assert(
    fc.property(bytes, (some) => {
      expect(Array.from(fromBase64Url(toBase64Url(some)) ?? [-1])).toEqual(Array.from(some));
    }),
    { numRuns: 50 },
  );
  expect(fromBase64Url('AB')).toBeNull();
  expect(fromBase64Url('A+')).toBeNull();
});

/**
 * Sealed values: anyone who has the public key can seal, only the holder of the private key can open.
 * The web process has the public half, so it stores credentials that it can never read again; the engine has the private half.
 *
 * Made of WebCrypto parts only, so it runs in browser, web and engine alike: a fresh X25519 key per value, HKDF-SHA256 over both
 * public keys, AES-256-GCM. Text form: `v1.<key id>.<base64url of ephemeral public key (32 bytes) + ciphertext + tag (16 bytes)>`.
 */
import { fromBase64Url, toBase64Url } from './base64url.ts';
import { SealError } from './seal-error.ts';

/** Both halves as base64url of their 32 raw bytes. */
export interface SealingKey {
  publicKey: string;
  privateKey: string;
}

const KEY_BYTES = 32;
const TAG_BYTES = 16;
const algorithm = { name: 'X25519' };
const utf8 = new TextEncoder();
/** Everything of a PKCS #8 document of an X25519 private key that comes before the 32 bytes of the key itself (RFC 8410). */
const pkcs8Prefix = Uint8Array.of(0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x6e, 4, 0x22, 4, 0x20);

/** A new key pair; the private half is the installation's master key. */
export async function generateSealingKey(): Promise<SealingKey> {
  const jwk = await crypto.subtle.exportKey('jwk', (await generatePair()).privateKey);
  return { publicKey: jwk.x ?? '', privateKey: jwk.d ?? '' };
}

/** The public half of a private key. @throws SealError `malformed` */
export async function publicKeyOf(privateKey: string): Promise<string> {
  const jwk = await crypto.subtle.exportKey('jwk', await importPrivate(privateKey));
  if (!jwk.x) throw new SealError('malformed');
  return jwk.x;
}

/** A short name of a key (16 hex digits), safe to store and log. @throws SealError `malformed` */
export async function keyId(publicKey: string): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', keyBytes(publicKey)));
  return Array.from(digest.subarray(0, 8), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * Seals text for the holder of the private key.
 * @param aad the place the value belongs to, e.g. `partner/connection/field/version`; opening it under another place fails
 * @throws SealError `malformed` when the public key is not one
 */
export async function seal(publicKey: string, aad: string, plaintext: string): Promise<string> {
  const recipient = keyBytes(publicKey);
  const pair = await generatePair();
  const ephemeral = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey));
  const cipher = await deriveCipher(pair.privateKey, recipient, concat(ephemeral, recipient));
  const sealed = await crypto.subtle.encrypt({ ...cipher.params, additionalData: utf8.encode(aad) }, cipher.key, utf8.encode(plaintext));
  return `v1.${await keyId(publicKey)}.${toBase64Url(concat(ephemeral, new Uint8Array(sealed)))}`;
}

/** The text that was sealed for this key and this place. @throws SealError `malformed`, `wrong_key` or `not_authentic` */
export async function open(privateKey: string, aad: string, sealed: string): Promise<string> {
  const [version, sealedFor, body, ...rest] = sealed.split('.');
  const bytes = version === 'v1' && body && rest.length === 0 ? fromBase64Url(body) : null;
  if (!bytes || bytes.length < KEY_BYTES + TAG_BYTES) throw new SealError('malformed');
  const publicKey = await publicKeyOf(privateKey);
  if ((await keyId(publicKey)) !== sealedFor) throw new SealError('wrong_key');
  const ephemeral = bytes.slice(0, KEY_BYTES);
  const cipher = await deriveCipher(await importPrivate(privateKey), ephemeral, concat(ephemeral, keyBytes(publicKey)));
  const opened = await crypto.subtle
    .decrypt({ ...cipher.params, additionalData: utf8.encode(aad) }, cipher.key, bytes.subarray(KEY_BYTES))
    .catch(() => {
      throw new SealError('not_authentic');
    });
  return new TextDecoder().decode(opened);
}

/** The key id a sealed value names, without opening it; null when the text is not a sealed value. */
export function sealedFor(sealed: string): string | null {
  return /^v1\.([0-9a-f]{16})\./.exec(sealed)?.[1] ?? null;
}

async function generatePair(): Promise<CryptoKeyPair> {
  const pair = await crypto.subtle.generateKey(algorithm, true, ['deriveBits']);
  if (!('privateKey' in pair)) throw new SealError('malformed');
  return pair;
}

function keyBytes(key: string): Uint8Array<ArrayBuffer> {
  const bytes = fromBase64Url(key);
  if (bytes?.length !== KEY_BYTES) throw new SealError('malformed');
  return bytes;
}

function importPrivate(privateKey: string): Promise<CryptoKey> {
  return crypto.subtle.importKey('pkcs8', concat(pkcs8Prefix, keyBytes(privateKey)), algorithm, true, ['deriveBits']);
}

/** Key and nonce of one value. The nonce may come from the same derivation because every value has a key of its own. */
async function deriveCipher(own: CryptoKey, other: Uint8Array<ArrayBuffer>, salt: Uint8Array<ArrayBuffer>) {
  const peer = await crypto.subtle.importKey('raw', other, algorithm, true, []);
  // An all-zero secret (a low-order point sent by a forger) is refused by WebCrypto itself.
  const secret = await crypto.subtle.deriveBits({ ...algorithm, public: peer }, own, 256).catch(() => {
    throw new SealError('malformed');
  });
  const base = await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveBits']);
  const info = utf8.encode('weft sealed value v1');
  const bits = new Uint8Array(await crypto.subtle.deriveBits({ name: 'HKDF', hash: 'SHA-256', salt, info }, base, 44 * 8));
  const key = await crypto.subtle.importKey('raw', bits.slice(0, 32), 'AES-GCM', false, ['encrypt', 'decrypt']);
  return { key, params: { name: 'AES-GCM', iv: bits.slice(32) } };
}

function concat(first: Uint8Array, second: Uint8Array): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(first.length + second.length);
  joined.set(first);
  joined.set(second, first.length);
  return joined;
}

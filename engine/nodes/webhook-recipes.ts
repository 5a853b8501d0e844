import { dedupeHeaderOf, recipeOf, type WebhookRecipe, type WebhookVerification } from './webhook-verification.ts';

/**
 * Verification of a delivery by its vendor's recipe. Pure: the HMAC is handed in, because the engine computes it with
 * `node:crypto` (synchronous, a few µs) and this folder also runs in browsers.
 */
export interface Delivery {
  /** Names in lower case. */
  headers: Readonly<Record<string, string | undefined>>;
  /** The bytes exactly as they came; a re-written body never verifies. */
  body: Uint8Array;
}

export type Hmac = (algorithm: WebhookRecipe['algorithm'], secret: Uint8Array, parts: readonly Uint8Array[]) => Uint8Array;

export type Verdict =
  | { ok: true }
  | { ok: false; reason: 'signature_missing' | 'signature_wrong' | 'timestamp_missing' | 'timestamp_outside_window' };

export interface VerifyInput {
  verification: WebhookVerification;
  delivery: Delivery;
  /** All secrets that are in force; two while one is being rotated. */
  secrets: readonly string[];
  nowMs: number;
  hmac: Hmac;
}

/** Whether the delivery was signed with one of the secrets, within the recipe's clock window. */
export function verifyDelivery({ verification, delivery, secrets, nowMs, hmac }: VerifyInput): Verdict {
  const recipe = recipeOf(verification);
  if (recipe === null) return { ok: true };
  const clock = checkClock(recipe, delivery, nowMs);
  if (!clock.ok) return clock;
  if (recipe.proof === 'secret') return checkSecret(recipe, { verification, delivery, secrets, nowMs, hmac });
  const presented = presentedSignatures(recipe, delivery);
  const parts = signedPayload(recipe, delivery);
  if (presented.length === 0 || parts === null) return { ok: false, reason: 'signature_missing' };
  let matches = false;
  for (const secret of secrets) {
    const key = secretBytes(recipe, secret);
    if (key === null) continue;
    const expected = hmac(recipe.algorithm, key, parts);
    for (const signature of presented) if (sameBytes(signature, expected)) matches = true;
  }
  return matches ? { ok: true } : { ok: false, reason: 'signature_wrong' };
}

/** The key in the header must be one of the secrets. Digests are compared, so that time tells neither length nor likeness. */
function checkSecret({ header, algorithm }: WebhookRecipe, { delivery, secrets, hmac }: VerifyInput): Verdict {
  const presented = delivery.headers[header]?.trim().replace(/^Bearer\s+/i, '') ?? '';
  if (presented === '') return { ok: false, reason: 'signature_missing' };
  const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
  const label = bytes('weft-api-key');
  const given = hmac(algorithm, label, [bytes(presented)]);
  let matches = false;
  for (const secret of secrets) if (secret !== '' && sameBytes(given, hmac(algorithm, label, [bytes(secret)]))) matches = true;
  return matches ? { ok: true } : { ok: false, reason: 'signature_wrong' };
}

/** The delivery's own id, by which a second delivery is recognised; null when the vendor gives none. */
export function deliveryId(verification: WebhookVerification, delivery: Pick<Delivery, 'headers'>): string | null {
  const header = dedupeHeaderOf(verification);
  const value = header === null ? undefined : delivery.headers[header]?.trim();
  return value === undefined || value === '' ? null : value.slice(0, 200);
}

/** The bytes under the signature, in parts so that the body is not copied; null when a header in them is missing. */
export function signedPayload(recipe: WebhookRecipe, delivery: Delivery): Uint8Array[] | null {
  const parts: Uint8Array[] = [];
  for (const piece of recipe.signed.split(/(\{[^}]+\})/)) {
    if (piece === '') continue;
    if (piece === '{body}') {
      parts.push(delivery.body);
      continue;
    }
    const text = piece.startsWith('{') ? delivery.headers[piece.slice(1, -1)] : piece;
    if (text === undefined) return null;
    parts.push(new TextEncoder().encode(text));
  }
  return parts;
}

/** The signatures the delivery presents, decoded; unreadable ones are left out. */
export function presentedSignatures(recipe: WebhookRecipe, delivery: Pick<Delivery, 'headers'>): Uint8Array[] {
  const value = delivery.headers[recipe.header] ?? '';
  // Ten are more than any rotation needs; a longer list would only be work for nothing.
  const candidates = recipe.list ? value.split(' ').slice(0, 10) : [value.trim()];
  const signatures: Uint8Array[] = [];
  for (const candidate of candidates) {
    if (!candidate.startsWith(recipe.prefix)) continue;
    const bytes = decode(candidate.slice(recipe.prefix.length), recipe.encoding);
    if (bytes !== null && bytes.length > 0) signatures.push(bytes);
  }
  return signatures;
}

/** The secret as key bytes; null when it is not what the recipe expects. */
export function secretBytes(recipe: WebhookRecipe, secret: string): Uint8Array | null {
  if (secret === '') return null;
  if (recipe.secret === 'text') return new TextEncoder().encode(secret);
  return decode(secret.startsWith('whsec_') ? secret.slice(6) : secret, 'base64');
}

function checkClock(recipe: WebhookRecipe, delivery: Delivery, nowMs: number): Verdict {
  if (recipe.clock === null) return { ok: true };
  const text = delivery.headers[recipe.clock.header];
  if (text === undefined || !/^\d{1,12}$/.test(text)) return { ok: false, reason: 'timestamp_missing' };
  const offSeconds = Math.abs(Math.floor(nowMs / 1_000) - Number(text));
  return offSeconds > recipe.clock.windowSeconds ? { ok: false, reason: 'timestamp_outside_window' } : { ok: true };
}

/** Takes the same time wherever the first difference is. */
function sameBytes(left: Uint8Array, right: Uint8Array): boolean {
  if (left.length !== right.length) return false;
  let difference = 0;
  for (let at = 0; at < left.length; at += 1) difference |= (left[at] ?? 0) ^ (right[at] ?? 0);
  return difference === 0;
}

function decode(text: string, encoding: WebhookRecipe['encoding']): Uint8Array | null {
  if (encoding === 'hex') {
    if (!/^(?:[0-9a-fA-F]{2})+$/.test(text)) return null;
    return Uint8Array.from({ length: text.length / 2 }, (_, at) => Number.parseInt(text.slice(at * 2, at * 2 + 2), 16));
  }
  try {
    return Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
  } catch {
    return null;
  }
}

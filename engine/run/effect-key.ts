import { hash } from 'node:crypto';

/**
 * The name of one effect in the world: the same event, node and record give the same key on every attempt, in every process.
 * Sent to the vendor as Idempotency-Key and kept in the effect ledger. 64 hex digits.
 */
export function effectKey(eventId: string, nodeId: string, recordKey: string): string {
  return hash('sha256', `${eventId}|${nodeId}|${recordKey}`, 'hex');
}

/** Digest of what was sent, to tell in the ledger whether a repeated effect said the same. */
export function requestHash(method: string, url: string, body: string | null): string {
  return hash('sha256', `${method} ${url}\n${body ?? ''}`, 'hex');
}

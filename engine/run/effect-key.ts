import { hash } from 'node:crypto';

/**
 * The name of one effect in the world: the same event, node and record give the same key on every attempt, in every process.
 * Sent to the vendor as Idempotency-Key and kept in the effect ledger. 64 hex digits: the event's milliseconds (the first 12 digits
 * of its UUIDv7), then 52 of a SHA-256. Keys made together lie together in the ledger's index: at five million rows scattered ones
 * cost a page of log each.
 */
export function effectKey(eventId: string, nodeId: string, recordKey: string): string {
  const digest = hash('sha256', `${eventId}|${nodeId}|${recordKey}`, 'hex');
  // Events of simulations have names of their own.
  if (eventId.length !== 36 || eventId[8] !== '-') return digest;
  return eventId.slice(0, 8) + eventId.slice(9, 13) + digest.slice(12);
}

/** Digest of what was sent, to tell in the ledger whether a repeated effect said the same. */
export function requestHash(method: string, url: string, body: string | null): string {
  return hash('sha256', `${method} ${url}\n${body ?? ''}`, 'hex');
}

import { hash } from 'node:crypto';

const LONGEST = 500;

/** A key that fits an index: long ones by their digest. */
export function indexKey(key: string): string {
  return key.length <= LONGEST ? key : `sha256:${hash('sha256', key, 'hex')}`;
}

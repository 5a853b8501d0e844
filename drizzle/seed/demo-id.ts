import { createHash } from 'node:crypto';

/** The fixed id of something in the demo, so that seeding again finds it. In the shape of a UUIDv7 of 1 January 2026. */
export function demoId(name: string): string {
  const hash = createHash('sha256').update(`weft demo ${name}`).digest('hex');
  return `019b76da-a800-7${hash.slice(0, 3)}-8${hash.slice(3, 6)}-${hash.slice(6, 18)}`;
}

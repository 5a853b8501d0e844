import type { RetailerListItem } from '#server/views/retailer.ts';

type Health = Pick<RetailerListItem, 'name' | 'openExceptions' | 'failed24h' | 'runs24h' | 'liveCount'>;

/** Somebody has to look: records wait for a person, or runs failed within a day. */
export function needsAttention(retailer: Pick<Health, 'openExceptions' | 'failed24h'>): boolean {
  return retailer.openExceptions > 0 || retailer.failed24h > 0;
}

/** Worst first: open exceptions, then failed runs, then the busiest, then by name. */
export function byTrouble(a: Health, b: Health): number {
  return b.openExceptions - a.openExceptions || b.failed24h - a.failed24h || b.runs24h - a.runs24h || a.name.localeCompare(b.name);
}

import type { RunListItem } from '#server/views/run.ts';

export interface LoadedRuns {
  items: readonly RunListItem[];
  /** Where the next page begins; null at the end. */
  nextCursor: string | null;
}

/**
 * Puts a freshly read beginning of the list in front of what is already loaded. The fresh rows count: runs that changed are
 * replaced, runs that no longer match the filters are gone. When nothing of it is known, more runs arrived than the
 * beginning holds; then the rest is dropped, because there would be a hole between.
 */
export function mergeHead(loaded: LoadedRuns, head: LoadedRuns): LoadedRuns {
  const fresh = new Set(head.items.map((item) => item.id));
  const lastKnown = loaded.items.findLastIndex((item) => fresh.has(item.id));
  if (lastKnown < 0 || head.nextCursor === null) return head;
  const rest = loaded.items.slice(lastKnown + 1);
  return rest.length === 0 ? head : { items: [...head.items, ...rest], nextCursor: loaded.nextCursor };
}

/** Only the changes to runs already loaded: nothing moves while somebody reads. */
export function updateKnown(loaded: LoadedRuns, head: LoadedRuns): LoadedRuns {
  const fresh = new Map(head.items.map((item) => [item.id, item]));
  return { ...loaded, items: loaded.items.map((item) => fresh.get(item.id) ?? item) };
}

/** Ids of runs in `head` that are not loaded yet. */
export function arrivals(loaded: LoadedRuns, head: LoadedRuns): string[] {
  const known = new Set(loaded.items.map((item) => item.id));
  return head.items.filter((item) => !known.has(item.id)).map((item) => item.id);
}

/** Appends a page, leaving out runs that moved between the pages while reading. */
export function appendPage(loaded: LoadedRuns, page: LoadedRuns): LoadedRuns {
  const known = new Set(loaded.items.map((item) => item.id));
  return { items: [...loaded.items, ...page.items.filter((item) => !known.has(item.id))], nextCursor: page.nextCursor };
}

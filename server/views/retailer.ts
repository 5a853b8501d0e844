export interface RetailerView {
  id: string;
  name: string;
  slug: string;
  timeZone: string;
  locale: string;
  currency: string;
  /** Runs at the same time over all its flows; null: no limit of its own. */
  concurrency: number | null;
}

export interface RetailerListItem extends RetailerView {
  flowCount: number;
  liveCount: number;
  runs24h: number;
  failed24h: number;
  openExceptions: number;
}

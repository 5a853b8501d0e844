export interface RetailerView {
  id: string;
  name: string;
  slug: string;
  timeZone: string;
  locale: string;
  currency: string;
}

export interface RetailerListItem extends RetailerView {
  flowCount: number;
  liveCount: number;
  runs24h: number;
  failed24h: number;
  openExceptions: number;
}

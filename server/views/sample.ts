/** A sample that somebody pinned to a trigger. */
export interface SampleView {
  id: string;
  nodeId: string;
  name: string;
  /** JSON text, digit for digit. */
  bodyText: string;
  /** The real event it was taken from; null: pasted. */
  eventId: string | null;
  createdAt: string;
  createdByName: string | null;
}

/** A real event as a sample. */
export interface RecentEvent {
  id: string;
  receivedAt: string;
  bodyText: string;
}

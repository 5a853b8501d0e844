/** draft: never activated · live: takes events · paused: has a live version that is switched off. */
export type FlowState = 'draft' | 'live' | 'paused';

export interface FlowListItem {
  id: string;
  retailerId: string;
  retailerName: string;
  name: string;
  state: FlowState;
  /** Live, but somebody has stopped its events from being run. */
  held: boolean;
  /** Number of the version that is live or paused. */
  liveVersion: number | null;
  /** The draft differs from that version. */
  draftChanged: boolean;
  updatedAt: string;
  lastRunAt: string | null;
  runs24h: number;
  failed24h: number;
}

export interface LiveView {
  versionId: string;
  number: number;
  active: boolean;
  /** Events are taken in, none is run. */
  held: boolean;
  heldReason: string | null;
  heldAt: string | null;
  drainPerSecond: number | null;
}

export interface EndpointView {
  nodeId: string;
  /** webhook: answered as soon as the event is safe · call: answered with what the flow responds. */
  kind: 'webhook' | 'call';
  url: string;
}

export interface FlowView {
  id: string;
  retailerId: string;
  retailerName: string;
  name: string;
  /** JSON text of the flow document; read it with `parseJson`, never `JSON.parse`. */
  draft: { docText: string; revision: number; updatedAt: string; updatedByName: string | null };
  live: LiveView | null;
  /** Events that were accepted and are not finished, up to a thousand and one. */
  waiting: number;
  endpoints: EndpointView[];
  versionsCount: number;
}

export interface DraftSaved {
  revision: number;
  savedAt: string;
  endpoints: EndpointView[];
}

export interface FlowPublished {
  versionId: string;
  number: number;
  hash: string;
}

export interface VersionListItem {
  id: string;
  number: number;
  hash: string;
  note: string | null;
  publishedAt: string;
  publishedByName: string | null;
  /** This is the version that takes (or, paused, would take) events. */
  live: boolean;
}

export interface VersionView extends VersionListItem {
  flowId: string;
  docText: string;
}

export interface DraftRestored {
  revision: number;
  docText: string;
}

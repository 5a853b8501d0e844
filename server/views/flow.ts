/** draft: never activated · live: takes events · paused: has a live version that is switched off. */
export type FlowState = 'draft' | 'live' | 'paused';

export interface FlowListItem {
  id: string;
  retailerId: string;
  retailerName: string;
  name: string;
  state: FlowState;
  /** Number of the version that is live or paused. */
  liveVersion: number | null;
  /** The draft differs from that version. */
  draftChanged: boolean;
  updatedAt: string;
  lastRunAt: string | null;
  runs24h: number;
  failed24h: number;
}

export interface EndpointView {
  nodeId: string;
  url: string;
}

export interface FlowView {
  id: string;
  retailerId: string;
  retailerName: string;
  name: string;
  /** JSON text of the flow document; read it with `parseJson`, never `JSON.parse`. */
  draft: { docText: string; revision: number; updatedAt: string; updatedByName: string | null };
  live: { versionId: string; number: number; active: boolean } | null;
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

export type Trigger = 'webhook' | 'schedule' | 'manual' | 'api' | 'poll' | 'flow';

export interface EventListItem {
  id: string;
  nodeId: string;
  receivedAt: string;
  trigger: Trigger;
  deliveryId: string | null;
  /** The first characters of the body. */
  preview: string;
  /** Bytes of the body. */
  size: number;
}

export interface EventView {
  id: string;
  bodyText: string;
  headers: Record<string, string>;
  receivedAt: string;
}

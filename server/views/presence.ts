/** Another tab that has the same flow open. */
export interface PresentPerson {
  tab: string;
  userId: string;
  name: string;
  /** The asker's own other tab. */
  self: boolean;
  /** The node they look at. */
  nodeId: string | null;
  /** They are editing that node's settings, and hold its soft lock. */
  editing: boolean;
}

/** The answer to one beat. */
export interface PresenceView {
  others: PresentPerson[];
  /** Whether the asker holds the node that was asked for. */
  held: boolean;
  /** How far the stored draft is, so that a tab learns of a newer one before it saves against it. */
  draft: { revision: number; updatedByName: string | null };
}

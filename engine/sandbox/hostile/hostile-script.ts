/** A script or expression written to do harm, and what its step says instead. */
export interface HostileScript {
  name: string;
  script: string;
  /** Matches the reason: `kind: message` when the page failed, else the text of what came out. */
  says: RegExp;
  /** Records of the page as JSON texts; one empty record unless it says otherwise. */
  records?: string[];
  language?: 'jsonata';
  timeoutMs?: number;
}

import type { Json } from './json.ts';
import type { ProblemCode } from './problem-codes.ts';

/** Something wrong with a flow, shown where it is; texts live in the message files below `problems.<code>`. */
export interface Problem {
  code: ProblemCode;
  /** A flow with an error cannot be published; a warning is only said. */
  severity: 'error' | 'warning';
  nodeId?: string;
  edgeId?: string;
  /** Name of the configuration field, dotted for nested ones (`mapping.rules.3`). */
  field?: string;
  params?: Record<string, string | number>;
}

/** What the checks may know of the world around the flow. */
export interface CheckScope {
  /** The retailer's connections; absent while they are not known, which finds no fault. */
  connections?: ScopeConnection[];
  /** Only partner admins may publish a webhook that anybody can call. */
  mayPublishUnverified: boolean;
  /** The flow that is checked; a flow must not call itself. */
  flowId?: string;
  /** Flows of the same retailer; absent where they are not known, which finds no fault. */
  flows?: readonly { id: string; name: string }[];
  /** Names of the retailer's lookup tables; absent where they are not known. */
  lookupTables?: readonly string[];
  /** Pinned samples as they arrive at a node; absent where nobody knows them, which breaks no expectation. */
  arriving?: (nodeId: string) => readonly { id: string; data: Json }[];
}

export interface ScopeConnection {
  id: string;
  name: string;
  connector: string;
  hasWebhookSecret: boolean;
}

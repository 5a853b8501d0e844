/** A moving mark of a flow, such as "changed up to". */
export interface CheckpointView {
  name: string;
  /** The node it belongs to, by its name in the live version; null for a variable of the flow. */
  nodeLabel: string | null;
  /** JSON text. */
  valueText: string;
  version: number;
  setAt: string;
  /** Null: the engine, or somebody who is gone. */
  setByName: string | null;
  byEngine: boolean;
  /** The run that moved it. */
  runId: string | null;
  note: string;
}

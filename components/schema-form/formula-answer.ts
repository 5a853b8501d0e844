/** What the worker is asked: an expression over a record, both as text. */
export interface FormulaRequest {
  id: number;
  expression: string;
  recordText: string;
}

/** What came of it: JSON text of the value, nothing (the field stays empty), or why not. */
export type FormulaAnswer =
  | { id: number; state: 'value'; text: string }
  | { id: number; state: 'nothing' }
  | { id: number; state: 'fault'; message: string; position: number | null }
  /** It ran longer than a preview may. */
  | { id: number; state: 'slow' };

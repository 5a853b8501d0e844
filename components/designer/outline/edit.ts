import { applyOp } from '#engine/flow/apply-op.ts';
import type { FlowDocument } from '#engine/flow/document.ts';
import type { FlowOp } from '#engine/flow/ops.ts';

/** Several operations in the making: each sees the document as those before it left it. */
export interface Edit {
  readonly doc: FlowDocument;
  readonly ops: readonly FlowOp[];
  /** Null: the operation is refused. */
  and(op: FlowOp): Edit | null;
}

export function beginEdit(doc: FlowDocument, ops: readonly FlowOp[] = []): Edit {
  return {
    doc,
    ops,
    and(op) {
      const applied = applyOp(doc, op);
      return applied.ok ? beginEdit(applied.doc, [...ops, op]) : null;
    },
  };
}

/** All of it as one operation, which is one step of undo. Null: nothing was done. */
export function wholeEdit(edit: Edit): FlowOp | null {
  const [only] = edit.ops;
  if (only === undefined) return null;
  return edit.ops.length === 1 ? only : { type: 'batch', ops: [...edit.ops] };
}

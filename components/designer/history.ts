import type { FlowDocument } from '#engine/flow/document.ts';
import { applyOp } from '#engine/flow/apply-op.ts';
import type { FlowOp, OpRefusal } from '#engine/flow/ops.ts';

/** One step of undo or redo: operations to apply in order, newest inverse first. */
export interface HistoryEntry {
  ops: FlowOp[];
  /** Edits with the same mark belong to one gesture (typing in one field, nudging the same nodes). */
  mark: string | null;
  /** Milliseconds since the epoch of the last edit in this entry. */
  at: number;
}

export interface History {
  past: HistoryEntry[];
  future: HistoryEntry[];
}

export interface EditOptions {
  mark?: string | null;
  /** Milliseconds since the epoch. */
  at: number;
}

export type EditResult = { ok: true; doc: FlowDocument; history: History } | { ok: false; reason: OpRefusal };

const MAX_ENTRIES = 300;
/** A pause longer than this ends a gesture even in the same field, so that undo never takes back a minute of typing. */
const GESTURE_PAUSE_MS = 1_500;

export function emptyHistory(): History {
  return { past: [], future: [] };
}

/** Applies an edit and remembers its inverse; an edit clears what could be redone. */
export function edit(doc: FlowDocument, history: History, change: { op: FlowOp } & EditOptions): EditResult {
  const result = applyOp(doc, change.op);
  if (!result.ok) return result;
  const mark = change.mark ?? null;
  const last = history.past.at(-1);
  const joins = last !== undefined && mark !== null && last.mark === mark && change.at - last.at < GESTURE_PAUSE_MS;
  const entry: HistoryEntry = joins
    ? { ops: joinInverse(result.inverse, last.ops), mark, at: change.at }
    : { ops: [result.inverse], mark, at: change.at };
  const kept = joins ? history.past.slice(0, -1) : history.past;
  return { ok: true, doc: result.doc, history: { past: [...kept, entry].slice(-MAX_ENTRIES), future: [] } };
}

/** Ends the current gesture: the next edit begins a step of its own, whatever its mark. */
export function closeGesture(history: History): History {
  const last = history.past.at(-1);
  if (last === undefined || last.mark === null) return history;
  return { ...history, past: [...history.past.slice(0, -1), { ...last, mark: null }] };
}

/** Takes back the last step. Undefined: nothing to undo. */
export function undo(doc: FlowDocument, history: History): EditResult | undefined {
  const entry = history.past.at(-1);
  if (entry === undefined) return undefined;
  const result = applyAll(doc, entry.ops);
  if (!result.ok) return result;
  return {
    ok: true,
    doc: result.doc,
    history: { past: history.past.slice(0, -1), future: [...history.future, { ops: result.inverses, mark: null, at: entry.at }] },
  };
}

/** Does again what was taken back. Undefined: nothing to redo. */
export function redo(doc: FlowDocument, history: History): EditResult | undefined {
  const entry = history.future.at(-1);
  if (entry === undefined) return undefined;
  const result = applyAll(doc, entry.ops);
  if (!result.ok) return result;
  return {
    ok: true,
    doc: result.doc,
    history: { past: [...history.past, { ops: result.inverses, mark: null, at: entry.at }], future: history.future.slice(0, -1) },
  };
}

type AllResult = { ok: true; doc: FlowDocument; inverses: FlowOp[] } | { ok: false; reason: OpRefusal };

function applyAll(doc: FlowDocument, ops: readonly FlowOp[]): AllResult {
  let current = doc;
  const inverses: FlowOp[] = [];
  for (const op of ops) {
    const result = applyOp(current, op);
    if (!result.ok) return result;
    current = result.doc;
    inverses.unshift(result.inverse);
  }
  return { ok: true, doc: current, inverses };
}

/** Puts a newer inverse before the older ones; where both set the same thing, the older alone restores it. */
function joinInverse(newer: FlowOp, older: readonly FlowOp[]): FlowOp[] {
  const [first] = older;
  return first !== undefined && setsTheSame(newer, first) ? [...older] : [newer, ...older];
}

function setsTheSame(a: FlowOp, b: FlowOp): boolean {
  if (a.type === 'setConfig' && b.type === 'setConfig') return a.nodeId === b.nodeId;
  if (a.type === 'setPolicy' && b.type === 'setPolicy') return a.nodeId === b.nodeId;
  if (a.type === 'setLabel' && b.type === 'setLabel') return a.nodeId === b.nodeId;
  if (a.type === 'setGroup' && b.type === 'setGroup') return a.group.id === b.group.id;
  if (a.type === 'setSettings' && b.type === 'setSettings') return true;
  if (a.type === 'moveNodes' && b.type === 'moveNodes') {
    const ids = Object.keys(b.positions);
    return ids.length === Object.keys(a.positions).length && ids.every((id) => id in a.positions);
  }
  return false;
}

import type { FlowDocument } from '#engine/flow/document.ts';
import { isRecord, parseJson, stringifyJson, type Json } from '#engine/flow/json.ts';
import type { FlowOp } from '#engine/flow/ops.ts';
import { readFlow } from '#engine/flow/read-flow.ts';
import type { History, HistoryEntry } from './history.ts';

/** What a reload must not lose: the undo stack, and edits that had not reached the server. */
export interface SavedSession {
  /** Revision of the draft that `doc` was edited from. */
  revision: number;
  doc: FlowDocument;
  /** Edits in `doc` are not on the server yet. */
  unsaved: boolean;
  history: History;
}

export type Restored =
  | { type: 'nothing' }
  /** Same draft: take the undo stack, and the unsaved edits if there are any. */
  | { type: 'resume'; session: SavedSession }
  /** The server has moved on and this tab holds unsaved edits: a person must choose. */
  | { type: 'conflict'; session: SavedSession };

/**
 * Decides what a stored session is worth against the draft that the server holds now. A reload in the middle of a save
 * finds the server one revision ahead with the very document of this tab: that is no conflict.
 */
export function judgeSession(session: SavedSession | null, server: { revision: number; doc: FlowDocument }): Restored {
  if (session === null) return { type: 'nothing' };
  if (session.revision === server.revision) return { type: 'resume', session };
  if (session.revision > server.revision) return { type: 'nothing' };
  if (textOfDoc(session.doc) === textOfDoc(server.doc)) {
    return { type: 'resume', session: { ...session, revision: server.revision, unsaved: false } };
  }
  return session.unsaved ? { type: 'conflict', session } : { type: 'nothing' };
}

/** The draft as it travels: every digit kept. */
export function textOfDoc(doc: FlowDocument): string {
  return stringifyJson(toJson(doc));
}

const PREFIX = 'weft-designer:';

/** Writes the session into the tab's storage; a full or forbidden storage costs only the undo stack. */
export function storeSession(flowId: string, session: SavedSession): void {
  try {
    sessionStorage.setItem(PREFIX + flowId, stringifyJson(toJson(session)));
  } catch {
    clearSession(flowId);
  }
}

export function clearSession(flowId: string): void {
  try {
    sessionStorage.removeItem(PREFIX + flowId);
  } catch {
    // Storage is forbidden in this browser: there is nothing to clear.
  }
}

/** Reads the tab's session; null when there is none or it cannot be read by this version. */
export function loadSession(flowId: string): SavedSession | null {
  try {
    const text = sessionStorage.getItem(PREFIX + flowId);
    return text === null ? null : readSession(text);
  } catch {
    return null;
  }
}

export function readSession(text: string): SavedSession | null {
  const value = parseJson(text);
  if (!isRecord(value)) return null;
  const doc = readFlow(value.doc);
  const history = readHistory(value.history);
  if (!doc.ok || history === null || typeof value.revision !== 'number') return null;
  return { revision: value.revision, doc: doc.doc, unsaved: value.unsaved === true, history };
}

function readHistory(value: Json | undefined): History | null {
  if (!isRecord(value)) return null;
  const past = readEntries(value.past);
  const future = readEntries(value.future);
  return past === null || future === null ? null : { past, future };
}

function readEntries(value: Json | undefined): HistoryEntry[] | null {
  if (!Array.isArray(value)) return null;
  const entries: HistoryEntry[] = [];
  for (const entry of value) {
    if (!isRecord(entry) || !isOpList(entry.ops) || typeof entry.at !== 'number') return null;
    entries.push({ ops: entry.ops, mark: null, at: entry.at });
  }
  return entries;
}

const OP_TYPES: ReadonlySet<unknown> = new Set(
  Object.keys({
    addNode: true,
    removeNode: true,
    moveNodes: true,
    setLabel: true,
    setConfig: true,
    setPolicy: true,
    addEdge: true,
    removeEdge: true,
    addGroup: true,
    removeGroup: true,
    setGroup: true,
    setSettings: true,
    replace: true,
    batch: true,
  } satisfies Record<FlowOp['type'], true>),
);

/** The tab wrote these itself; `applyOp` refuses what does not fit the document, so the outer shape is enough. */
function isOpList(value: unknown): value is FlowOp[] {
  return Array.isArray(value) && value.every((op) => typeof op === 'object' && op !== null && OP_TYPES.has(Reflect.get(op, 'type')));
}

/** Values that JSON can hold, with `undefined` left out; the types of documents and operations hold nothing else. */
function toJson(value: unknown): Json {
  if (Array.isArray(value)) return value.map(toJson);
  if (isPlain(value)) {
    const result: Record<string, Json> = {};
    for (const [key, entry] of Object.entries(value)) if (entry !== undefined) result[key] = toJson(entry);
    return result;
  }
  return isLeaf(value) ? value : null;
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

function isLeaf(value: unknown): value is Json {
  return value === null || ['string', 'number', 'boolean', 'bigint', 'object'].includes(typeof value);
}

import type { FlowDocument } from '#engine/flow/document.ts';
import { parseJson } from '#engine/flow/json.ts';
import { readFlow, type ReadFlowError } from '#engine/flow/read-flow.ts';

export type ReadDocText = { ok: true; doc: FlowDocument } | { ok: false; code: ReadFlowError['code'] };

/** Reads a document as it travels: JSON text with every digit. */
export function readDocText(docText: string): ReadDocText {
  try {
    const result = readFlow(parseJson(docText));
    return result.ok ? result : { ok: false, code: result.error.code };
  } catch {
    return { ok: false, code: 'unreadable' };
  }
}

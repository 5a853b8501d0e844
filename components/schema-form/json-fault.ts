import { JsonError, parseJson } from '#engine/flow/json.ts';
import { malformedAt } from './malformed-at.ts';

/** Where JSON text stops being readable; lines and columns count from 1. */
export interface JsonPlace {
  code: JsonError['code'];
  position: number;
  line: number;
  column: number;
}

/** The first fault of a JSON text; null when it reads. */
export function locateJsonFault(text: string): JsonPlace | null {
  try {
    parseJson(text);
    return null;
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    const position = error.code === 'malformed' ? malformedAt(text) : (error.position ?? 0);
    const before = text.slice(0, position);
    const lineStart = before.lastIndexOf('\n') + 1;
    return { code: error.code, position, line: before.split('\n').length, column: position - lineStart + 1 };
  }
}

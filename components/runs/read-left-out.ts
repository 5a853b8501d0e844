import { isRecord, parseJson } from '#engine/flow/json.ts';

/** engine/host/journal/caps.ts writes it in the place of a text that is too large to keep. */
const MARK = '{"~truncated":';

export interface LeftOutText {
  /** Bytes of the whole. */
  size: number;
  /** How it began; empty when that is not kept either. */
  head: string;
}

/** @returns null for a text that is there as a whole */
export function readLeftOut(text: string): LeftOutText | null {
  if (!text.startsWith(MARK)) return null;
  const mark = parseJson(text);
  if (!isRecord(mark)) return null;
  const { '~truncated': left, head } = mark;
  return { size: isRecord(left) ? Number(left['size']) : 0, head: typeof head === 'string' ? head : '' };
}

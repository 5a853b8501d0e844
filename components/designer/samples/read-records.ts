import { isRecord, parseJson, textOf } from '#engine/flow/json.ts';
import type { DataRecord } from '#engine/nodes/step.ts';

const kept = new Map<string, Record<string, DataRecord[]>>();
const MOST_KEPT = 200;

/** Records of a step's payload `{ port: [{ key, data }] }`, by port; of a text that is something else, none. */
export function readRecords(text: string | undefined): Record<string, DataRecord[]> {
  if (text === undefined || text === '') return {};
  const known = kept.get(text);
  if (known !== undefined) return known;
  if (kept.size >= MOST_KEPT) kept.clear();
  const made = read(text);
  kept.set(text, made);
  return made;
}

/** How many records each port of a payload holds. */
export function countRecords(text: string): Record<string, number> {
  return Object.fromEntries(Object.entries(readRecords(text)).map(([port, records]) => [port, records.length]));
}

function read(text: string): Record<string, DataRecord[]> {
  try {
    const ports = parseJson(text);
    if (!isRecord(ports)) return {};
    return Object.fromEntries(
      Object.entries(ports).map(([port, list]) => [
        port,
        Array.isArray(list) ? list.flatMap((item) => (isRecord(item) && item['data'] !== undefined ? [{ key: textOf(item['key']), data: item['data'] }] : [])) : [],
      ]),
    );
  } catch {
    return {};
  }
}

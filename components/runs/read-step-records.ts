import { isRecord, parseJson, stringifyJson, textOf } from '#engine/flow/json.ts';

export interface ShownRecord {
  port: string;
  key: string;
  /** The record's data, set out as JSON text digit for digit; null: it is not kept. */
  text: string | null;
  /** A person put this data in the place of what came. */
  corrected: boolean;
}

/** The records in a step's `{ port: [{ key, data }] }`, in order; null when the text is something else. */
export function readStepRecords(text: string): ShownRecord[] | null {
  try {
    const ports = parseJson(text);
    if (!isRecord(ports)) return null;
    return Object.entries(ports).flatMap(([port, records]) => {
      if (!Array.isArray(records)) throw new TypeError('no list of records');
      return records.flatMap((record) => (isRecord(record) ? [{ port, key: textOf(record['key']), text: record['data'] === undefined ? null : stringifyJson(record['data'], 2), corrected: record['corrected'] === true }] : []));
    });
  } catch {
    return null;
  }
}

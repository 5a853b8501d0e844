/** A flow of `size` nodes in rows, one long chain: the same picture for every editor. */
export interface Picture {
  size: number;
  /** Upper left corner of the node, in the editor's own pixels. */
  place(index: number): { x: number; y: number };
}

const COLUMNS = 10;
const STEP = { x: 320, y: 180 };

export function picture(size: number): Picture {
  return { size, place: (index) => ({ x: (index % COLUMNS) * STEP.x, y: Math.floor(index / COLUMNS) * STEP.y }) };
}

/** One of three kinds, so that cards differ. */
export function kindAt(index: number): 'filter' | 'map' | 'http' {
  return index % 3 === 0 ? 'map' : index % 3 === 1 ? 'filter' : 'http';
}

/** A record of so many fields, in groups of 20. */
export function wideRecord(fields: number): Record<string, Record<string, string>> {
  return Object.fromEntries(
    Array.from({ length: Math.ceil(fields / 20) }, (_, group) => [
      `group_${group}`,
      Object.fromEntries(Array.from({ length: 20 }, (_field, at) => [`field_${group}_${at}`, `value ${group * 20 + at}`])),
    ]),
  );
}

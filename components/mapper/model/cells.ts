import type { Json } from '#engine/flow/json.ts';
import { EACH, fieldOf, formatPath, itemOf, type Path, type PathStep } from '#engine/flow/path.ts';
import type { MappingError } from '#engine/mapping/frame.ts';
import type { MappingPreview } from '#engine/mapping/preview-mapping.ts';

/** One place of the output with what stands there for the sample. */
export interface Cell {
  /** With positions: `lines[0].sku`. */
  place: string;
  value: Json | undefined;
  error: MappingError | null;
}

const MOST = 50;

/** The cells of a target field: one, or inside lists one for each item. */
export function cellsOf(preview: MappingPreview, steps: Path): { cells: Cell[]; more: number } {
  const errors = new Map(preview.errors.map((error) => [plain(error.target), error]));
  const cells: Cell[] = [];
  let more = 0;
  const walk = (value: Json | undefined, at: number, place: readonly PathStep[]): void => {
    const step = steps[at];
    if (step === EACH) {
      if (Array.isArray(value)) value.forEach((item, index) => walk(item, at + 1, [...place, index]));
      return;
    }
    if (step !== undefined) {
      walk(typeof step === 'number' ? itemOf(value, step) : fieldOf(value, step), at + 1, [...place, step]);
      return;
    }
    if (cells.length >= MOST) more += 1;
    else {
      const text = formatPath(place);
      cells.push({ place: text, value, error: errors.get(text) ?? null });
    }
  };
  walk(preview.output, 0, []);
  return { cells, more };
}

function plain(target: string): string {
  return target.replace(/\[\]$/, '');
}

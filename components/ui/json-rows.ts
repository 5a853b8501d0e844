import { type Json, isRawNumber, isRecord, stringifyJson } from '#engine/flow/json.ts';

/** One line of the tree. */
export interface JsonRow {
  /** Path in mapping notation: `line_items[0].price`; empty for the root. */
  path: string;
  depth: number;
  /** Field name or position in its parent; null for the root. */
  name: string | null;
  kind: 'object' | 'list' | 'text' | 'number' | 'flag' | 'null';
  /** For leaves: the value exactly as JSON writes it. For containers: empty. */
  text: string;
  /** Number of children of a container. */
  size: number;
  open: boolean;
  /** Name or value contains the search text. */
  match: boolean;
}

export interface JsonRowsOptions {
  /** Open containers by path. Ignored on branches that a search opens. */
  isOpen: (path: string, depth: number) => boolean;
  /** Lower-cased search text; empty for none. */
  search: string;
}

/** The visible lines of a value, in order. With a search, only lines that match, their ancestors and the matched containers' own lines. */
export function jsonRows(value: Json, { isOpen, search }: JsonRowsOptions): JsonRow[] {
  const rows: JsonRow[] = [];

  /** Returns whether the value or anything below it matches. Lines are added optimistically and taken back without a match. */
  function visit(item: Json, at: { path: string; depth: number; name: string | null }): boolean {
    const children = childrenOf(item);
    const text = children === null ? stringifyJson(item) : '';
    const own = search !== '' && (contains(at.name, search) || contains(text, search));
    const row: JsonRow = { ...at, kind: kindOf(item), text, size: children?.length ?? 0, open: false, match: own };
    const mark = rows.push(row);
    let below = false;
    if (children !== null && children.length > 0) {
      const wanted = isOpen(at.path, at.depth);
      if (search !== '' || wanted) {
        for (const [name, path, child] of children) {
          if (visit(child, { path: joinPath(at.path, path), depth: at.depth + 1, name })) below = true;
        }
        row.open = search === '' ? wanted : below;
      }
    }
    if (search !== '' && !own && !below && at.depth > 0) rows.length = mark - 1;
    return own || below;
  }

  visit(value, { path: '', depth: 0, name: null });
  return rows;
}

/** Children as [name shown, path step, value]; null for a leaf. */
function childrenOf(item: Json): (readonly [string, string, Json])[] | null {
  if (Array.isArray(item)) return item.map((child, at) => [String(at), `[${at}]`, child] as const);
  if (isRecord(item)) return Object.entries(item).map(([key, child]) => [key, key, child] as const);
  return null;
}

function joinPath(parent: string, step: string): string {
  return parent === '' || step.startsWith('[') ? parent + step : `${parent}.${step}`;
}

function kindOf(item: Json): JsonRow['kind'] {
  if (item === null) return 'null';
  if (Array.isArray(item)) return 'list';
  if (typeof item === 'string') return 'text';
  if (typeof item === 'boolean') return 'flag';
  if (typeof item === 'number' || typeof item === 'bigint' || isRawNumber(item)) return 'number';
  return 'object';
}

function contains(text: string | null, search: string): boolean {
  return text !== null && text.toLowerCase().includes(search);
}

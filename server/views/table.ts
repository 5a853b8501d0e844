/** One lookup table without its rows. */
export interface TableListItem {
  id: string;
  name: string;
  /** Names of the columns after the key. */
  columns: string[];
  rowCount: number;
  updatedAt: string;
  /** Flows whose draft or live version names it. */
  usedBy: string[];
}

/** A table as people edit it: cells of text, the key first. */
export interface TableView {
  id: string;
  retailerId: string;
  name: string;
  /** Names of the columns after the key. */
  columns: string[];
  /** Key, then one cell for each column. */
  rows: string[][];
  updatedAt: string;
}

/** Two ids of the same thing. */
export interface XrefView {
  id: string;
  entity: string;
  leftSystem: string;
  leftId: string;
  rightSystem: string;
  rightId: string;
  updatedAt: string;
}

/** A kind of thing and two systems that know it. */
export interface XrefKind {
  entity: string;
  leftSystem: string;
  rightSystem: string;
  count: number;
}

export interface XrefPage {
  items: XrefView[];
  nextCursor: string | null;
}

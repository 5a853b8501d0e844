import type { Page } from '@playwright/test';

/** An editor under test. All of it is looked at through the page; nothing of the editor's code is called. */
export interface Editor {
  name: string;
  /** What addresses without a host are at; absent: there are none. */
  baseURL?: string;
  /** Makes the flows of these sizes and signs the page in. */
  prepare(page: Page, sizes: readonly number[]): Promise<void>;
  /** Address of the flow of a size. */
  address(size: number): string;
  /** CSS selectors of all nodes, of a selected node, and of what shows nodes. */
  node: string;
  selected: string;
  pane: string;
  /** How the view is moved: with this key held, or with this mouse button. */
  pan: { key?: string; button: 'left' | 'middle' };
  /** Opens the place where a value of a record with so many fields is worked out as one types, and tells where; null where there is none. */
  openPreview(page: Page, fields: number): Promise<{ what: string; input: string; result: string; text: string } | null>;
  stop(): Promise<void>;
}

import type { Locator, Page } from '@playwright/test';

/** Two ends of a line in the mapper, as the fields are called in its trees. */
export interface Line {
  /** Path of a field that arrives: `line_items[].sku`. */
  source: string;
  /** Path of a field that leaves: `lines[].sku`. */
  target: string;
}

/** How a stranger points at things: by mouse, or by keys alone. What is typed or pasted is typed or pasted either way. */
export interface Pointer {
  /** Presses a button, a link, an option. */
  press(target: Locator): Promise<void>;
  /** Puts the cursor into a field. */
  enter(field: Locator): Promise<void>;
  /** Chooses from a list that opens. */
  choose(list: Locator, option: string): Promise<void>;
  /** Takes a field of the record in a box that offers them. */
  pick(field: Locator, path: string): Promise<void>;
  /** Makes a node of the canvas the selected one. */
  select(node: Locator, label: string): Promise<void>;
  /** Draws an edge from an output of the selected node to another node. */
  connect(from: Locator, edge: { port: string; to: Locator; toLabel: string }): Promise<void>;
  /** Opens the mapper of the selected node. */
  openMapper(page: Page): Promise<void>;
  /** Accepts in the mapper what is obvious. */
  acceptObvious(page: Page): Promise<void>;
  /** Opens the row of a target in the mapper. */
  openRow(page: Page, target: string): Promise<void>;
  /** Chooses from a menu that a button opens. */
  menu(button: Locator, item: string): Promise<void>;
  /** Draws a line in the mapper. */
  draw(page: Page, line: Line): Promise<void>;
  /** Opens the dialog that publishes, and confirms it. */
  publish(page: Page): Promise<void>;
}

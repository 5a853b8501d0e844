import type { Locator, Page } from '@playwright/test';

/** What a hand did. Moving the pointer, looking and scrolling are free. */
export interface GestureCounts {
  /** Presses of the mouse button; a double click is two. */
  clicks: number;
  /** Press, move, release. */
  drags: number;
  /** Keys, whatever they do: a character typed, Enter, a chord such as Ctrl+Z, and the Ctrl+V of a paste. */
  keys: number;
}

export function totalOf({ clicks, drags, keys }: GestureCounts): number {
  return clicks + drags + keys;
}

/**
 * A hand whose doings are counted: real mouse and keyboard events and nothing else. Only documents that exist elsewhere (an example of a
 * vendor, an address) are pasted; everything a person makes up is typed.
 */
export class Gestures {
  readonly page: Page;
  readonly counts: GestureCounts = { clicks: 0, drags: 0, keys: 0 };

  constructor(page: Page) {
    this.page = page;
  }

  async click(target: Locator): Promise<void> {
    this.counts.clicks += 1;
    await target.click();
  }

  async doubleClick(target: Locator): Promise<void> {
    this.counts.clicks += 2;
    await target.dblclick();
  }

  /** Clicks, double clicks (2) or clicks three times (3) at a place on the page. */
  async clickAt(at: Point, times = 1): Promise<void> {
    this.counts.clicks += times;
    await this.page.mouse.click(at.x, at.y, { clickCount: times });
  }

  async drag(from: Locator, to: Locator | Point): Promise<void> {
    await from.scrollIntoViewIfNeeded();
    if ('scrollIntoViewIfNeeded' in to) await to.scrollIntoViewIfNeeded();
    await this.dragAt(await middleOf(from), 'scrollIntoViewIfNeeded' in to ? await middleOf(to) : to);
  }

  async dragAt(from: Point, to: Point): Promise<void> {
    this.counts.drags += 1;
    const { mouse } = this.page;
    await mouse.move(from.x, from.y);
    await mouse.down();
    await mouse.move(from.x + 8, from.y + 4, { steps: 2 });
    await mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 5 });
    await mouse.move(to.x, to.y, { steps: 5 });
    await mouse.up();
  }

  async press(key: string, times = 1): Promise<void> {
    for (let pressed = 0; pressed < times; pressed += 1) {
      this.counts.keys += 1;
      await this.page.keyboard.press(key);
    }
  }

  /** Types character by character. */
  async type(text: string): Promise<void> {
    this.counts.keys += [...text].length;
    await this.page.keyboard.type(text);
  }

  /** Ctrl+V of a text that was copied elsewhere. */
  async paste(text: string): Promise<void> {
    await this.page.evaluate((value) => navigator.clipboard.writeText(value), text);
    await this.press('Control+V');
  }
}

export interface Point {
  x: number;
  y: number;
}

export async function middleOf(target: Locator): Promise<Point> {
  const box = await target.boundingBox();
  if (box === null) throw new Error(`not on the screen: ${target}`);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

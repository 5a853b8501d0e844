import type { CDPSession, Page } from '@playwright/test';

export interface FrameFigures {
  /** Time from one frame to the next, in ms: requestAnimationFrame's own times. */
  p50: number;
  p95: number;
  /** Time the page's main thread worked per move of the mouse, in ms. */
  workPerMove: number;
}

declare global {
  interface Window {
    benchFrames?: number[];
  }
}

/** Watches the frames while something is done with the mouse. `moves` is how often the mouse moves. */
export async function watchFrames(page: Page, { cdp, moves }: { cdp: CDPSession; moves: number }, act: () => Promise<void>): Promise<FrameFigures> {
  await page.evaluate(() => {
    const times: number[] = [];
    window.benchFrames = times;
    const tick = (at: number): void => {
      if (window.benchFrames !== times) return;
      times.push(at);
      requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
  });
  const before = await taskSeconds(cdp);
  await act();
  const worked = (await taskSeconds(cdp)) - before;
  const times = await page.evaluate(() => {
    const seen = window.benchFrames ?? [];
    delete window.benchFrames;
    return seen;
  });
  const deltas = times.slice(1).map((at, index) => at - (times[index] ?? at));
  return { p50: quantile(deltas, 0.5), p95: quantile(deltas, 0.95), workPerMove: (worked * 1_000) / moves };
}

async function taskSeconds(cdp: CDPSession): Promise<number> {
  const { metrics } = await cdp.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0;
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

import { test as base, expect } from '@playwright/test';
import { runningProduct } from './product.ts';
import type { RunningProduct } from './product.ts';

interface Fixtures {
  product: RunningProduct;
  /** Patterns of console errors a test provokes on purpose (a refused sign-in logs the 401); everything else fails the test. */
  expectedErrors: RegExp[];
  watchConsole: void;
}

/** Playwright's `test` with the running product, failing on every error the browser reports. */
export const test = base.extend<Fixtures>({
  product: async ({ baseURL }, provide) => {
    const product = runningProduct();
    await provide({ ...product, webUrl: baseURL ?? product.webUrl });
  },
  // Playwright reads from the pattern what a fixture depends on: nothing here, and a new list for every test.
  // oxlint-disable-next-line no-empty-pattern
  expectedErrors: async ({}, provide) => {
    await provide([]);
  },
  watchConsole: [
    async ({ context, expectedErrors }, provide) => {
      const found: string[] = [];
      context.on('console', (message) => {
        if (message.type() === 'error') found.push(`console: ${message.text()} (${message.location().url})`);
      });
      context.on('weberror', (error) => found.push(`page: ${error.error().stack ?? error.error().message}`));
      await provide();
      const unexpected = found.filter((text) => !expectedErrors.some((pattern) => pattern.test(text)));
      expect(unexpected, 'errors reported by the browser').toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };

import { defineConfig } from '@playwright/test';
import { findBrowser } from './engine/launch/browser.ts';
import { reservePorts } from './e2e/support/ports.ts';

// Chosen when the runner reads this file; its workers read it again and inherit them.
const ports = await reservePorts();
const executablePath = findBrowser();
const asRoot = process.getuid?.() === 0;

/** The whole product, started once on free ports with a fresh data folder; real processes, real database, real browser. */
export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  // Not test-results itself: Playwright empties its output folder, and the product's data and logs live beside it.
  outputDir: 'test-results/playwright',
  globalSetup: './e2e/support/start-product.ts',
  workers: 1,
  fullyParallel: false,
  retries: 0,
  forbidOnly: Boolean(process.env['CI']),
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: 'list',
  use: {
    baseURL: `http://localhost:${ports.web}`,
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: {
      ...(executablePath === null ? {} : { executablePath }),
      args: [
        ...(asRoot ? ['--no-sandbox'] : []),
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-domain-reliability',
        '--disable-sync',
        '--no-first-run',
        '--no-default-browser-check',
        '--no-pings',
        '--metrics-recording-only',
        // Containers give /dev/shm 64 MB; a canvas page needs more.
        '--disable-dev-shm-usage',
      ],
    },
  },
});

import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    environment: 'node',
    include: ['**/*.test.{ts,tsx}'],
    exclude: ['**/node_modules/**', 'e2e/**', '.next/**', '.weft/**', 'test-results/**'],
    globalSetup: ['engine/testing/global-setup.ts'],
    setupFiles: ['engine/testing/fail-on-console-error.ts'],
    // Processes, not threads: isolated-vm lives in the sandbox's children, and a native crash must not take the runner along.
    pool: 'forks',
    execArgv: ['--no-node-snapshot'],
    maxWorkers: 2,
    // `seed` or `seed+count`: which random worlds to simulate (engine/testing/simulation).
    // How much one retailer dumps on another (engine/host/lanes/fairness.test.ts).
    provide: { weftSimulation: process.env['WEFT_SIMULATION'] ?? '', weftFairness: process.env['WEFT_FAIRNESS'] ?? '' },
    // Against tests that hang, not against slow ones: beside other work a machine is five times slower.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    dangerouslyIgnoreUnhandledErrors: false,
  },
});

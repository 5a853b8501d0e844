import { afterEach, beforeEach, vi } from 'vitest';
import type { MockInstance } from 'vitest';

let complaints: MockInstance<typeof console.error>;

/**
 * A test that makes the product complain on the console has found something, even when its assertions hold.
 * A test that expects a complaint checks it and then calls `vi.mocked(console.error).mockClear()`.
 */
beforeEach(() => {
  complaints = vi.spyOn(console, 'error');
});

afterEach(() => {
  const calls = complaints.mock.calls.map((args) => args.map(String).join(' '));
  complaints.mockRestore();
  if (calls.length > 0) throw new Error(`console.error was called:\n${calls.join('\n')}`);
});

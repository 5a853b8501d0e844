import { describe, expect, test } from 'vitest';
import { installNeeded, matchesLock, stampOf } from './install-state.mjs';

const lock = (packages: Record<string, object>) => JSON.stringify({ packages: { '': {}, ...packages } });
const lockText = lock({ 'node_modules/a': { version: '1.0.0' }, 'node_modules/other-platform': { version: '2.0.0', optional: true } });
const complete = lock({ 'node_modules/a': { version: '1.0.0' } });
const platform = 'linux-x64';

describe('installNeeded', () => {
  test('nothing installed', () => {
    expect(installNeeded({ lockText, platform, stamp: null, installedText: null })).toBe('missing');
  });

  test('our stamp decides', () => {
    expect(installNeeded({ lockText, platform, stamp: `${stampOf(lockText, platform)}\n`, installedText: complete })).toBeNull();
    expect(installNeeded({ lockText: `${lockText} `, platform, stamp: stampOf(lockText, platform), installedText: complete })).toBe('stale');
  });

  test('a folder copied from another platform is stale', () => {
    expect(installNeeded({ lockText, platform, stamp: stampOf(lockText, 'darwin-arm64'), installedText: complete })).toBe('stale');
  });

  test('a stamp without packages counts for nothing', () => {
    expect(installNeeded({ lockText, platform, stamp: stampOf(lockText, platform), installedText: null })).toBe('missing');
  });

  test('installed by hand: npm’s own record decides', () => {
    expect(installNeeded({ lockText, platform, stamp: null, installedText: complete })).toBeNull();
    expect(installNeeded({ lockText, platform, stamp: null, installedText: lock({ 'node_modules/a': { version: '1.0.1' } }) })).toBe('stale');
  });
});

test('an unreadable record matches nothing', () => {
  expect(matchesLock(lockText, '{')).toBe(false);
  expect(matchesLock(lockText, '{}')).toBe(false);
});

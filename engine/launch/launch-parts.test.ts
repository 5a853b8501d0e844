import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { lockInstance } from './instance-lock.ts';
import { anyFreePort, isPortFree, nextFreePort, requirePort } from './ports.ts';
import { readSecrets } from './secrets.ts';
import { childEnv, readSettings } from './settings.ts';
import { countPlaywright, countVitest } from './test-counts.ts';
import { sourceStamp } from './web-build.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'weft-parts-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('settings', () => {
  test('everything has a default', () => {
    expect(readSettings('/somewhere', {})).toEqual({
      dataDir: '/somewhere/.weft', databaseUrl: null, webHost: '127.0.0.1', webPort: 3000, enginePort: 3001, demoPort: 3002,
      postgresPort: { port: 5483, pinned: false }, demo: true, publicIngressUrl: null, tuning: { engine: {}, web: {} }, walArchive: null,
    });
  });

  test.each([
    [{ WEFT_WEB_PORT: 'eighty' }, 'WEFT_WEB_PORT is "eighty"; it must be a port number from 1 to 65535.'],
    [{ WEFT_DEMO: 'maybe' }, 'WEFT_DEMO is "maybe"; it must be on or off.'],
    [{ DATABASE_URL: 'localhost' }, 'DATABASE_URL is not a URL'],
  ])('%j is refused by name', (source, message) => {
    expect(() => readSettings('/', source)).toThrow(message);
  });

  test('children get an allow-list, nothing else of the shell', () => {
    const env = childEnv({ WEFT_ENGINE_PORT: '1', WEFT_PUBLIC_INGRESS_URL: null }, { PATH: '/bin', AWS_SECRET_ACCESS_KEY: 'x', NODE_OPTIONS: '--inspect', DATABASE_URL: 'x' });
    expect(env).toEqual({ NODE_ENV: 'production', TZ: 'UTC', NEXT_TELEMETRY_DISABLED: '1', PATH: '/bin', WEFT_ENGINE_PORT: '1' });
  });
});

describe('secrets', () => {
  test('are made once, for the owner’s eyes only, and stay', async () => {
    const dataDir = join(folder, 'data');
    const first = await readSecrets(dataDir);
    expect(first.authSecret.length).toBeGreaterThanOrEqual(32);
    expect(new Set([first.postgresPassword, first.authSecret, ...Object.values(first.rolePasswords)]).size).toBe(5);
    expect(statSync(first.masterKeyFile).mode & 0o777).toBe(0o600);
    const key = readFileSync(first.masterKeyFile, 'utf8');
    expect(await readSecrets(dataDir)).toEqual(first);
    expect(readFileSync(first.masterKeyFile, 'utf8')).toBe(key);
  });

  test('starts that race agree', async () => {
    const [one, two] = await Promise.all([readSecrets(folder), readSecrets(folder)]);
    expect(one).toEqual(two);
  });
});

describe('ports', () => {
  test('a taken port is passed over, or named with the variable to set', async () => {
    const port = await anyFreePort();
    const blocker = createServer();
    await new Promise<void>((resolve) => blocker.listen(port, '127.0.0.1', resolve));
    expect(await isPortFree(port)).toBe(false);
    expect(await nextFreePort(port)).toBeGreaterThan(port);
    await expect(requirePort(port, 'WEFT_WEB_PORT', 0)).rejects.toThrow(`Port ${port} is in use by another program. Stop it, or set WEFT_WEB_PORT to a free port.`);
    const waiting = requirePort(port, 'WEFT_WEB_PORT', 5_000);
    blocker.close();
    await expect(waiting).resolves.toBeUndefined();
  });
});

test('one instance per data folder', async () => {
  const release = await lockInstance(folder);
  await expect(lockInstance(folder, 0)).rejects.toThrow(/already running/);
  release();
  (await lockInstance(folder, 2_000))();
});

test('the build depends on sources, not on tests or other folders', () => {
  const write = (file: string, text: string) => {
    mkdirSync(join(folder, file, '..'), { recursive: true });
    writeFileSync(join(folder, file), text);
  };
  write('app/page.tsx', 'one');
  const first = sourceStamp(folder);
  write('app/page.test.tsx', 'a test');
  write('engine/host/main.ts', 'engine only');
  expect(sourceStamp(folder)).toBe(first);
  write('app/page.tsx', 'two');
  expect(sourceStamp(folder)).not.toBe(first);
});

test('figures are read from the runners’ reports', () => {
  expect(countVitest('{"numPassedTests":3,"numFailedTests":1,"numFailedTestSuites":2}')).toEqual({ passed: 3, failed: 1 });
  expect(countVitest('{"numPassedTests":3,"numFailedTests":0,"numFailedTestSuites":1}')).toEqual({ passed: 3, failed: 1 });
  expect(countPlaywright('{"stats":{"expected":4,"unexpected":1,"flaky":1,"skipped":9},"errors":[]}')).toEqual({ passed: 4, failed: 2 });
  expect(countPlaywright('{"stats":{"expected":0},"errors":[{"message":"set-up"}]}')).toEqual({ passed: 0, failed: 1 });
});

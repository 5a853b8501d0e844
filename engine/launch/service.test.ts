import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { anyFreePort } from './ports.ts';
import { isAlive, waitUntilGone } from './process-state.ts';
import { startService } from './service.ts';
import type { Service } from './service.ts';

let folder: string;
let port: number;
let service: Service | undefined;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'weft-service-'));
  port = await anyFreePort();
});

afterEach(async () => {
  await service?.stop();
  service = undefined;
  rmSync(folder, { recursive: true, force: true });
});

function answeredBy(): Promise<number | null> {
  return new Promise((resolve) => {
    get(`http://127.0.0.1:${port}/health`, (response) => {
      let text = '';
      response.on('data', (chunk) => (text += String(chunk))).on('end', () => resolve(Number(text)));
    }).once('error', () => resolve(null));
  });
}

function spec(say: (line: string) => void, program = 'small-service.ts') {
  return {
    name: 'small', args: [join(import.meta.dirname, 'fixtures', program), String(port)], cwd: folder, env: { NODE_ENV: 'test' as const },
    logFile: join(folder, 'small.log'), healthUrl: `http://127.0.0.1:${port}/health`, say, signal: new AbortController().signal,
  };
}

test('a killed process is started again, a stopped one is not', async () => {
  const said: string[] = [];
  service = await startService(spec((line) => said.push(line)));
  const first = service.pid();
  expect(await answeredBy()).toBe(first);
  process.kill(first ?? 0, 'SIGKILL');
  await vi.waitFor(async () => {
    const now = await answeredBy();
    expect(now).not.toBeNull();
    expect(now).not.toBe(first);
  }, 15_000);
  expect(said).toEqual(['The small process ended (SIGKILL); starting it again in 0.5 s.']);
  const second = service.pid() ?? 0;
  await service.stop();
  expect(isAlive(second)).toBe(false);
  expect(await answeredBy()).toBeNull();
});

test('one that never becomes healthy is reported with the end of its log', async () => {
  await expect(startService(spec(() => undefined, 'no-such-program.ts'))).rejects.toThrow(/The small process did not start[^]*Cannot find module/);
});

test('a process leaves when its supervisor is killed', async () => {
  const supervisor = fork(join(import.meta.dirname, 'fixtures', 'hold-service.ts'), [folder, String(port)], { execArgv: [] });
  const { pid } = await new Promise<{ pid: number }>((resolve, reject) => {
    supervisor.once('message', (message: { pid: number }) => resolve(message));
    supervisor.once('exit', (code) => reject(new Error(`ended with ${code}`)));
  });
  expect(isAlive(pid)).toBe(true);
  supervisor.kill('SIGKILL');
  expect(await waitUntilGone(pid, 12_000)).toBe(true);
});

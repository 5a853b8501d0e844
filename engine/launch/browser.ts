import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from '@playwright/test';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** The Chromium to test with: the system's, else the one Playwright downloaded, else null. */
export function findBrowser(): string | null {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    for (const name of NAMES) if (existsSync(join(folder, name))) return join(folder, name);
  }
  const own = chromium.executablePath();
  return existsSync(own) ? own : null;
}

/**
 * Makes sure there is a browser: Playwright's download first, then the system's package manager as root or with sudo.
 * Returns null when there is one, else a sentence saying what to do.
 */
export function installBrowser(root: string, say: (line: string) => void): string | null {
  if (findBrowser()) return null;
  say('Installing Chromium (once) …');
  spawnSync(process.execPath, [join(root, 'node_modules', '@playwright', 'test', 'cli.js'), 'install', 'chromium'], { cwd: root, stdio: 'inherit' });
  if (findBrowser() && starts()) return null;
  const asRoot = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  for (const args of [['apt-get', 'update'], ['apt-get', 'install', '-y', '--no-install-recommends', 'chromium']]) {
    const [program, ...rest] = [...asRoot, ...args];
    if (program !== undefined) spawnSync(program, rest, { stdio: 'inherit', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
  }
  if (findBrowser()) return null;
  return 'There is no Chromium and it could not be installed: install one (for example: sudo apt-get install chromium, or npx playwright install --with-deps chromium) and start again.';
}

/** A downloaded browser may lack the system's libraries. */
function starts(): boolean {
  const browser = findBrowser();
  return browser !== null && spawnSync(browser, ['--version'], { timeout: 30_000 }).status === 0;
}

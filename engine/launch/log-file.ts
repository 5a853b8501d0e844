import { mkdirSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

const KEEP_BYTES = 20 * 1024 * 1024;

/** Opens a log file for appending and returns its descriptor; a file that has grown large becomes `<name>.1` first. */
export function openLog(file: string): number {
  mkdirSync(dirname(file), { recursive: true });
  try {
    if (statSync(file).size > KEEP_BYTES) renameSync(file, `${file}.1`);
  } catch {
    // Not there yet.
  }
  return openSync(file, 'a', 0o600);
}

/** The last `lines` lines of a log file, for a message about what went wrong. */
export function tailOf(file: string, lines: number): string {
  try {
    return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-lines).join('\n');
  } catch {
    return '';
  }
}

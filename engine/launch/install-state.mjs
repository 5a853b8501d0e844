// What is installed, compared with what the lock file asks for. Pure functions; runs on Node 20 before anything is installed.
import { createHash } from 'node:crypto';

/**
 * The line kept in node_modules/.weft-stamp after a complete installation.
 * The platform is part of it: a folder copied from another machine holds that machine's binaries.
 * @param {string} lockText content of package-lock.json
 * @param {string} platform for example linux-x64
 * @returns {string}
 */
export function stampOf(lockText, platform) {
  return `${createHash('sha256').update(lockText).digest('hex')} ${platform}`;
}

/**
 * Whether packages have to be installed, and why.
 * @param {{ lockText: string, platform: string, stamp: string | null, installedText: string | null }} found
 *   stamp: content of node_modules/.weft-stamp; installedText: npm's own record, node_modules/.package-lock.json
 * @returns {'missing' | 'stale' | null} null: everything is there
 */
export function installNeeded({ lockText, platform, stamp, installedText }) {
  if (installedText === null) return 'missing';
  if (stamp !== null) return stamp.trim() === stampOf(lockText, platform) ? null : 'stale';
  // Installed by hand (npm ci): npm's record says what is there.
  return matchesLock(lockText, installedText) ? null : 'stale';
}

/**
 * Whether npm's record of what is installed satisfies the lock file. Optional packages may be absent (other platforms' binaries).
 * @param {string} lockText
 * @param {string} installedText
 * @returns {boolean}
 */
export function matchesLock(lockText, installedText) {
  try {
    const wanted = JSON.parse(lockText).packages;
    const installed = JSON.parse(installedText).packages;
    return Object.entries(wanted).every(([path, entry]) => {
      if (path === '') return true;
      const there = installed[path];
      return there ? there.version === entry.version : Boolean(entry.optional || entry.devOptional || entry.peer);
    });
  } catch {
    return false;
  }
}

import { readFileSync, readdirSync, readlinkSync } from 'node:fs';

/**
 * The process at the other end of a connection on this machine (Linux; 0 elsewhere). `port` is the peer's, `ours` the listening one.
 * Looked up once per connection: 1 to 3 ms.
 */
export function processOfPort(port: number, ours: number): number {
  try {
    const inode = inodeOf(port, ours);
    return inode === null ? 0 : ownerOf(`socket:[${inode}]`);
  } catch {
    return 0;
  }
}

function inodeOf(port: number, ours: number): string | null {
  const [local, remote] = [port, ours].map((one) => `:${one.toString(16).toUpperCase().padStart(4, '0')}`);
  for (const family of ['tcp', 'tcp6']) {
    for (const line of readFileSync(`/proc/net/${family}`, 'latin1').split('\n').slice(1)) {
      const columns = line.trim().split(/\s+/);
      if (columns[1]?.endsWith(local ?? '?') && columns[2]?.endsWith(remote ?? '?')) return columns[9] ?? null;
    }
  }
  return null;
}

function ownerOf(link: string): number {
  for (const pid of readdirSync('/proc')) {
    if (!/^\d+$/.test(pid) || !isNode(pid)) continue;
    try {
      for (const name of readdirSync(`/proc/${pid}/fd`)) {
        if (linkOf(`/proc/${pid}/fd/${name}`) === link) return Number(pid);
      }
    } catch {
      // Gone meanwhile.
    }
  }
  return 0;
}

function isNode(pid: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'latin1').includes('main.ts');
  } catch {
    return false;
  }
}

function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}

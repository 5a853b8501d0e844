import { existsSync, readdirSync, readFileSync } from 'node:fs';

const TICKS_PER_SECOND = 100;
const PAGE_BYTES = 4096;

/** The processes and all their descendants; on systems without /proc only the processes themselves. */
function tree(roots: number[]): number[] {
  if (!existsSync('/proc/self/stat')) return roots;
  const children = new Map<number, number[]>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const parent = Number(statOf(Number(name))?.[1] ?? -1);
    children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
  }
  const all = new Set<number>();
  const waiting = [...roots];
  for (let pid = waiting.pop(); pid !== undefined; pid = waiting.pop()) {
    if (all.has(pid)) continue;
    all.add(pid);
    waiting.push(...(children.get(pid) ?? []));
  }
  return [...all];
}

/** The fields of /proc/PID/stat after the name, or null when the process is gone. */
function statOf(pid: number): string[] | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch {
    return null;
  }
}

/** CPU milliseconds used so far, and resident megabytes, of the processes and their descendants (Linux; zeros elsewhere). */
export function usageOf(roots: number[]): { cpuMs: number; residentMb: number } {
  let cpuMs = 0;
  let pages = 0;
  for (const pid of tree(roots)) {
    const stat = statOf(pid);
    if (stat === null) continue;
    cpuMs += ((Number(stat[11]) + Number(stat[12])) * 1000) / TICKS_PER_SECOND;
    pages += Number(stat[21]);
  }
  return { cpuMs, residentMb: Math.round((pages * PAGE_BYTES) / 2 ** 20) };
}

const SAMPLE_MS = 100;

/** Watches the resident memory of the processes and their descendants until `stop`. */
export function peakOf(roots: number[]): { stop(): { beforeMb: number; peakMb: number } } {
  const beforeMb = usageOf(roots).residentMb;
  let peakMb = beforeMb;
  const sample = (): void => {
    peakMb = Math.max(peakMb, usageOf(roots).residentMb);
  };
  const timer = setInterval(sample, SAMPLE_MS);
  return {
    stop() {
      clearInterval(timer);
      sample();
      return { beforeMb, peakMb };
    },
  };
}

import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { demoRetailers } from './demo-secrets.ts';
import { systemNames } from './system.ts';

const entrySchema = z.object({
  seq: z.number(),
  /** ISO instant. */
  at: z.string(),
  system: z.enum(systemNames),
  /** Null: the request was not authenticated. */
  retailer: z.enum(demoRetailers).nullable(),
  method: z.string(),
  path: z.string(),
  idempotencyKey: z.string().nullable(),
  /** The body exactly as it came. */
  body: z.string(),
  status: z.number(),
  /** The answer's body, JSON text. */
  answer: z.string(),
  /** An earlier answer was given again; nothing was done. */
  replayed: z.boolean(),
});

/** One request that a system received, and what it said. */
export type LogEntry = z.infer<typeof entrySchema>;

/** The append-only record of what the systems received: the far end's side of every check on loss and duplicates. */
export interface Journal {
  entries: LogEntry[];
  append(entry: Omit<LogEntry, 'seq'>): void;
  clear(): void;
}

/** @param file null: kept in memory only */
export function openJournal(file: string | null): Journal {
  const entries = file !== null && existsSync(file) ? readEntries(readFileSync(file, 'utf8')) : [];
  if (file !== null) {
    mkdirSync(dirname(file), { recursive: true });
    // Ends a line that a killed process left half written, so that the next entry is not lost with it.
    if (existsSync(file) && !readFileSync(file, 'utf8').endsWith('\n')) appendFileSync(file, '\n');
  }
  return {
    entries,
    append(entry) {
      const numbered = { seq: entries.length + 1, ...entry };
      entries.push(numbered);
      if (file !== null) appendFileSync(file, `${JSON.stringify(numbered)}\n`);
    },
    clear() {
      entries.length = 0;
      if (file !== null) rmSync(file, { force: true });
    },
  };
}

function readEntries(text: string): LogEntry[] {
  const entries: LogEntry[] = [];
  for (const line of text.split('\n')) {
    try {
      entries.push({ ...entrySchema.parse(JSON.parse(line)), seq: entries.length + 1 });
    } catch {
      // The last line of a process that was killed while writing may be half a line; its answer was never sent.
    }
  }
  return entries;
}

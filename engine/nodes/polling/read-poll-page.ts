import { z } from 'zod';
import { jsonSchema, stringifyJson, textOf, type Json } from '../../flow/json.ts';
import { getPath, parsePath, type Path } from '../../flow/path.ts';
import { instantOf } from '../instant.ts';
import type { ListRequest } from '../paging/read-page.ts';
import type { PagingConfig } from '../paging/paging-config.ts';
import { preparePages, readPage, type PreparedPages } from '../paging/read-page.ts';
import type { SourceInput, SourcePage, StepPorts } from '../step.ts';
import { compareMarks, isMark, withOverlap } from './mark.ts';

interface PollConfig extends ListRequest {
  recordsPath: string;
  paging: PagingConfig;
  checkpoint: { path: string; initial: string; overlapSeconds: number };
  keyPath: string;
}

export interface PreparedPoll {
  pages: PreparedPages;
  mark: Path;
  key: Path | null;
}

/** How long it is remembered which versions of a record were seen; at least twice the overlap, in milliseconds. */
const LEAST_MEMORY_MS = 7 * 86_400_000;

export function preparePoll(config: PollConfig): PreparedPoll {
  return {
    pages: preparePages(config, config.recordsPath, config.paging),
    mark: parsePath(config.checkpoint.path) ?? [],
    key: config.keyPath === '' ? null : parsePath(config.keyPath),
  };
}

/**
 * Where a poll is: what it asked for stays the same over all of its pages, however far the marks in them get. `from` is the
 * checkpoint it began at, `highest` the furthest mark seen so far.
 */
const pollSchema = z.object({ since: jsonSchema, from: jsonSchema, highest: jsonSchema, place: jsonSchema });
type PollPlace = z.infer<typeof pollSchema>;

type PollStep = Omit<SourceInput<PollConfig, PreparedPoll>, 'prepared'> & { prepared: PreparedPoll };

/** One page of what changed since the checkpoint, without what earlier polls have seen. */
export async function readPollPage(step: PollStep): Promise<SourcePage> {
  const { config, prepared, record, number, ports, nodeId } = step;
  const poll = step.cursor === null ? await begin(config, ports, nodeId) : pollSchema.parse(step.cursor);
  const data = { checkpoint: poll.since, event: record.data };
  const page = await readPage({ prepared: prepared.pages, data, record, number, cursor: poll.place, ports, dropEmptyQuery: true });
  if (page.failure !== undefined) return page;
  const highest = furthest([poll.highest, ...page.records.map((item) => getPath(item, prepared.mark))]);
  const fresh = await unseen(step, { poll, highest, records: page.records });
  const logs = fresh.length < page.records.length ? [`seen before: ${page.records.length - fresh.length}`] : [];
  if (page.next !== null) return { records: fresh, next: { ...poll, highest, place: page.next }, logs };
  if (highest !== null && (poll.from === null || (compareMarks(highest, poll.from) ?? 1) > 0)) ports.state.writeCheckpoint(nodeId, highest);
  return { records: fresh, next: null, logs };
}

async function begin({ checkpoint }: PollConfig, ports: StepPorts, nodeId: string): Promise<PollPlace> {
  const from = (await ports.state.readCheckpoint(nodeId))?.value ?? null;
  const since = from === null ? checkpoint.initial.trim() : withOverlap(from, checkpoint.overlapSeconds);
  return { since, from, highest: null, place: null };
}

function furthest(marks: readonly (Json | undefined)[]): Json {
  let highest: Json = null;
  for (const mark of marks) {
    if (isMark(mark) && (highest === null || (compareMarks(mark, highest) ?? -1) > 0)) highest = mark;
  }
  return highest;
}

interface Read {
  poll: PollPlace;
  highest: Json;
  records: Json[];
}

/**
 * The records that no earlier poll has handed on. Without a key: those past the checkpoint. With one: the far end may have
 * written a change late, with a time that lies before the checkpoint, so each version (key and mark) counts once.
 */
async function unseen({ config, prepared, record, ports }: PollStep, { poll, highest, records }: Read): Promise<Json[]> {
  const { overlapSeconds } = config.checkpoint;
  const memoryMs = Math.max(LEAST_MEMORY_MS, overlapSeconds * 4_000);
  const back = highest === null ? null : withOverlap(highest, overlapSeconds);
  const entries: { recordKey: string; key: string }[] = [];
  const here = new Set<string>();
  const verdicts = records.map((item): boolean | number => {
    const mark = getPath(item, prepared.mark);
    const key = prepared.key === null ? '' : textOf(getPath(item, prepared.key));
    if (!isMark(mark)) return true;
    const past = poll.from === null || (compareMarks(mark, poll.from) ?? 1) > 0;
    if (key === '') return past;
    // A quiet system shows its last change for months; nobody writes that late.
    const instant = typeof mark === 'string' ? instantOf(mark) : null;
    if (!past && (instant === null || instant < ports.now() - memoryMs / 2)) return false;
    // What lies behind the overlap of what was seen already cannot come again in the next poll.
    if (past && back !== null && (compareMarks(mark, back) ?? 0) < 0) return true;
    const version = stringifyJson([key, mark]);
    if (here.has(version)) return false;
    here.add(version);
    // Claimed under the version's own name: a page that is read again after a crash may show it at another place, and must not
    // take what this very run has claimed for something that was handed on before.
    entries.push({ recordKey: `${record.key}:${version}`, key: version });
    return entries.length - 1;
  });
  const first = entries.length === 0 ? [] : await ports.state.claim({ windowMs: memoryMs, entries });
  return records.filter((_, index) => {
    const verdict = verdicts[index];
    return typeof verdict === 'number' ? first[verdict] === true : verdict === true;
  });
}

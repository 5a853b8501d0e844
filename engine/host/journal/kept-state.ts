import { stringifyJson, type Json } from '#engine/flow/json.ts';
import type { Memory, PageState } from '#engine/run/journal.ts';
import type { RunOutcome } from '#engine/run/outcome.ts';
import type { EndReply, Memo, StateWrite } from './run-write.ts';

/** What one attempt of a run keeps beside its journal, until it is handed to the writer piece by piece. */
export class KeptState {
  page: PageState | null = null;
  #turned = false;
  /** By `nodeId record key`; those of a page are forgotten when it is over, so that a long run does not gather them. */
  #memories = new Map<string, Memory>();
  #memos: Memo[] = [];
  /** Set, but not counting yet. */
  #marks = new Map<string, string>();
  /** To be written with the next piece. */
  #checkpoints = new Map<string, string>();
  #ended = false;
  #reply: EndReply | null = null;

  memory(name: string): Json | undefined {
    return this.#memories.get(name)?.value;
  }

  remember(name: string, memory: Memory): void {
    this.#memories.set(name, memory);
    const { nodeId, recordKey, page, value } = memory;
    this.#memos.push({ nodeId, recordKey, page, value: stringifyJson(value) });
  }

  mark(name: string, value: Json): void {
    this.#marks.set(name, stringifyJson(value));
  }

  /** JSON text of a checkpoint set in this attempt. */
  marked(name: string): string | undefined {
    return this.#marks.get(name) ?? this.#checkpoints.get(name);
  }

  turn(page: PageState): void {
    this.page = page;
    this.#turned = true;
    this.#release();
    for (const [name, memory] of this.#memories) if (memory.page > 0 && memory.page < page.page) this.#memories.delete(name);
    this.#memos = this.#memos.filter((memo) => memo.page === 0 || memo.page >= page.page);
  }

  /**
   * The run is over: its page and memos go, its marks count.
   * @param failed `nodeId record key` of what failed for good: should a person try it again, it begins anew
   */
  end(reply: EndReply | null, failed: ReadonlySet<string>): void {
    this.#memos = this.#memos.filter((memo) => !failed.has(`${memo.nodeId} ${memo.recordKey}`));
    this.#ended = true;
    this.#reply = reply;
    this.#release();
  }

  #release(): void {
    for (const [name, value] of this.#marks) this.#checkpoints.set(name, value);
    this.#marks.clear();
  }

  /** What has to be written since the last time; null when nothing has. */
  take(): StateWrite | null {
    if (!this.#turned && !this.#ended && this.#memos.length === 0 && this.#checkpoints.size === 0) return null;
    const write: StateWrite = { page: this.#turned ? this.page : null, memos: this.#memos, checkpoints: [...this.#checkpoints], ended: this.#ended, reply: this.#reply };
    this.#turned = false;
    this.#memos = [];
    this.#checkpoints = new Map();
    return write;
  }
}

/** What a caller is told when the run it waits for ended without an answer. */
export function endReply(outcome: RunOutcome): EndReply {
  if (outcome.state === 'succeeded') return { outcome: 'ended', status: 200, code: null, message: '' };
  const { failure } = outcome;
  return { outcome: 'failed', status: 500, code: failure?.code ?? 'failed', message: failure?.message.slice(0, 2000) ?? '' };
}

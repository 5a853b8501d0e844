import { isRecord, parseJson, stringifyJson } from '#engine/flow/json.ts';
import type { PageState } from '#engine/run/journal.ts';

/** A page as run_page keeps it: all JSON text. */
export interface PageText {
  body: string;
  carries: string;
  state: string;
}

type Plain = Omit<PageState, 'body' | 'carries' | 'next' | 'checkpoints'>;

/** Values of the far end (`next`, `checkpoints`, carries) keep every digit. */
export function pageText(page: PageState): PageText {
  const { body, carries, next, checkpoints, ...plain } = page;
  return {
    body,
    carries: stringifyJson(carries),
    state: `{"plain":${JSON.stringify(plain)},"next":${stringifyJson(next)},"checkpoints":${stringifyJson(checkpoints)}}`,
  };
}

/** Carries hold records of ours, not a stranger's body: they may have more keys. */
const MOST_CARRIED = 10_000_000;

export function readPage(text: PageText): PageState {
  const { plain }: { plain: Plain } = JSON.parse(text.state);
  const state = parseJson(text.state);
  const carries = parseJson(text.carries, { keys: MOST_CARRIED });
  const { next = null, checkpoints = {} } = isRecord(state) ? state : {};
  return { ...plain, next, checkpoints: isRecord(checkpoints) ? checkpoints : {}, body: text.body, carries: isRecord(carries) ? carries : {} };
}

import { fromLocalInput } from '#components/runs/local-input.ts';
import type { RerunMode } from '#server/views/rerun.ts';

/** What the dialog holds while it is open. Empty texts narrow nothing down. */
export interface ReplayForm {
  mode: RerunMode;
  retailerId: string;
  flowId: string;
  state: '' | 'failed' | 'succeeded';
  /** As a datetime field holds it: local time. */
  from: string;
  to: string;
  failureCode: string;
  search: string;
  perSecond: number;
  note: string;
}

export const EMPTY_REPLAY: ReplayForm = { mode: 'step', retailerId: '', flowId: '', state: 'failed', from: '', to: '', failureCode: '', search: '', perSecond: 10, note: '' };

export const RATES = [1, 5, 10, 25, 50, 100] as const;

/** The form as the API takes it. */
export function replayInput(form: ReplayForm) {
  const [from, to] = [fromLocalInput(form.from), fromLocalInput(form.to)];
  const state = form.mode === 'step' ? 'failed' : form.state;
  return {
    mode: form.mode,
    perSecond: form.perSecond,
    ...(form.retailerId === '' ? {} : { retailerId: form.retailerId }),
    ...(form.flowId === '' ? {} : { flowId: form.flowId }),
    ...(state === '' ? {} : { state }),
    ...(from === null ? {} : { from }),
    ...(to === null ? {} : { to }),
    ...(form.failureCode.trim() === '' ? {} : { failureCode: form.failureCode.trim() }),
    ...(form.search.trim() === '' ? {} : { search: form.search.trim() }),
  };
}

/** One line of the doctor's report. `todo` says what to do; it is there unless all is well. */
export interface Finding {
  state: 'ok' | 'warn' | 'fail';
  name: string;
  detail: string;
  todo?: string;
}

export function ok(name: string, detail: string): Finding {
  return { state: 'ok', name, detail };
}

export function warn(name: string, detail: string, todo: string): Finding {
  return { state: 'warn', name, detail, todo };
}

export function fail(name: string, detail: string, todo: string): Finding {
  return { state: 'fail', name, detail, todo };
}

/** `ok` when the condition holds, else the other. */
export function unless(holds: boolean, name: string, other: { detail: string; state: 'warn' | 'fail'; todo: string }): Finding {
  return holds ? ok(name, other.detail) : { name, ...other };
}

/** A duration in the largest unit that fits. */
export function span(seconds: number): string {
  if (seconds < 120) return `${Math.round(seconds)} s`;
  if (seconds < 7_200) return `${Math.round(seconds / 60)} min`;
  if (seconds < 172_800) return `${Math.round(seconds / 3_600)} h`;
  return `${Math.round(seconds / 86_400)} days`;
}

import { z } from 'zod';
import { errorIn } from './checks.ts';
import { evaluatePage } from './evaluate-page.ts';
import { defineNode } from './node-kind.ts';

export const CODE_TIMEOUT = { min: 50, max: 30_000 };
export const MAX_SCRIPT = 50_000;

const config = z.strictObject({
  script: z.string().meta({ field: { kind: 'code', help: true } }),
  timeoutMs: z
    .number()
    .meta({ field: { kind: 'number', help: true, ...CODE_TIMEOUT, unit: 'milliseconds', advanced: true } }),
});

export type CodeConfig = z.infer<typeof config>;

/** Runs a consultant's JavaScript for each record, in the sandbox only. */
export const code = defineNode<CodeConfig>({
  kind: 'code',
  version: 1,
  group: 'transform',
  icon: 'code',
  config,
  initial: () => ({ script: 'return record;', timeoutMs: 1_000 }),
  ports: () => ({ inputs: [{ id: 'in', type: 'any' }], outputs: [{ id: 'out', type: 'record' }] }),
  summary: ({ script }) => ({ key: 'lines', params: { count: script.split('\n').length } }),
  check({ script, timeoutMs }, scope) {
    const problems = [];
    if (script.trim() === '') problems.push(errorIn(scope, 'code_empty', { field: 'script' }));
    if (script.length > MAX_SCRIPT) {
      problems.push(errorIn(scope, 'code_too_long', { field: 'script', params: { max: MAX_SCRIPT } }));
    }
    if (!(timeoutMs >= CODE_TIMEOUT.min && timeoutMs <= CODE_TIMEOUT.max)) {
      problems.push(errorIn(scope, 'timeout_range', { field: 'timeoutMs', params: CODE_TIMEOUT }));
    }
    return problems;
  },
  effect: 'none',
  execute: ({ config: { script, timeoutMs }, records, ports }) => evaluatePage({ script, timeoutMs, records, ports }),
});

import type { FlowSettings } from './document.ts';
import { parsePath } from './path.ts';
import type { Problem } from './problem.ts';
import type { ProblemCode } from './problem-codes.ts';

export const RETRY_ATTEMPTS = { min: 1, max: 20 };
export const RETRY_BASE_SECONDS = { min: 1, max: 3_600 };
export const RETRY_MAX_SECONDS = { min: 1, max: 86_400 };
export const CONCURRENCY = { min: 1, max: 64 };

/** Problems of the flow's own settings. */
export function checkSettings({ orderingKey, businessKeys, retry, concurrency }: FlowSettings): Problem[] {
  const problems: Problem[] = [];
  const ranges: [ProblemCode, string, number, { min: number; max: number }][] = [
    ['retry_attempts_range', 'retry.maxAttempts', retry.maxAttempts, RETRY_ATTEMPTS],
    ['retry_base_range', 'retry.baseSeconds', retry.baseSeconds, RETRY_BASE_SECONDS],
    ['retry_max_range', 'retry.maxSeconds', retry.maxSeconds, { ...RETRY_MAX_SECONDS, min: retry.baseSeconds }],
    ['concurrency_range', 'concurrency', concurrency, CONCURRENCY],
  ];
  for (const [code, field, value, { min, max }] of ranges) {
    if (!(value >= min && value <= max)) problems.push(problem(code, field, { min, max }));
  }
  if (orderingKey !== null && !isFieldPath(orderingKey)) {
    problems.push(problem('ordering_key_invalid', 'orderingKey', { path: orderingKey }));
  }
  businessKeys.forEach(({ label, path }, index) => {
    const field = `businessKeys.${index}`;
    if (label.trim() === '') problems.push(problem('business_key_label_empty', `${field}.label`, { path }));
    if (!isFieldPath(path)) problems.push(problem('business_key_invalid', `${field}.path`, { label, path }));
  });
  return problems;
}

function problem(code: ProblemCode, field: string, params: Problem['params']): Problem {
  return { code, severity: 'error', field: `settings.${field}`, params };
}

function isFieldPath(path: string): boolean {
  return path.trim() !== '' && parsePath(path) !== null;
}

import type { z } from 'zod';
import type { ValueFault } from './touch.ts';

/** What a field's own schema says against its value; null: nothing. */
export function valueFault(schema: z.ZodType, value: unknown): ValueFault | null {
  const parsed = schema.safeParse(value);
  if (parsed.success) return null;
  const [issue] = parsed.error.issues;
  // What lies deeper belongs to a row of its own, which says it there.
  if (issue === undefined || issue.path.length > 0) return null;
  return readIssue(issue, value);
}

function readIssue(issue: z.core.$ZodIssue, value: unknown): ValueFault {
  const fault = (code: ValueFault['code'], params: ValueFault['params'] = {}): ValueFault => ({ code, params });
  switch (issue.code) {
    case 'too_big':
      return issue.origin === 'string' ? fault('too_long', { max: Number(issue.maximum) }) : fault('too_large', { max: Number(issue.maximum) });
    case 'too_small':
      if (issue.origin === 'string') return value === '' ? fault('required') : fault('too_short', { min: Number(issue.minimum) });
      return fault('too_small', { min: Number(issue.minimum) });
    case 'invalid_type':
      if (value === undefined || value === null) return fault('required');
      return issue.expected === 'int' ? fault('not_whole') : fault('invalid');
    case 'invalid_format':
      return fault('malformed');
    default:
      return fault('invalid');
  }
}

import { pino } from 'pino';

/** One JSON line each. Only ids, codes and stacks go in: no inputs, headers or payloads, so there is nothing to mask. */
export const log = pino({ name: 'web', base: undefined });

/**
 * The innermost cause of an error. The layers around it are left out on purpose: a query builder's error repeats the
 * parameters, and those are people's data.
 */
export function describeForLog(error: Error): { error: string; code?: string; stack?: string } {
  let root = error;
  for (let depth = 0; root.cause instanceof Error && depth < 8; depth++) root = root.cause;
  const code = 'code' in root && typeof root.code === 'string' ? root.code : undefined;
  return { error: `${root.name}: ${root.message}`, ...(code === undefined ? {} : { code }), stack: root.stack };
}

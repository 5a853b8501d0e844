import { TRPCError } from '@trpc/server';
import { ZodError } from 'zod';
import { AppError } from '../errors/app-error.ts';
import type { AppErrorCode, AppErrorParams } from '../errors/app-error.ts';

export interface ToldError {
  code: AppErrorCode;
  params: AppErrorParams;
}

/** Socket and server states in which Postgres cannot be used right now (postgres.js codes and SQLSTATEs). */
const databaseAway = new Set([
  'ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ENOENT', 'CONNECT_TIMEOUT', 'CONNECTION_CLOSED', 'CONNECTION_ENDED',
  'CONNECTION_DESTROYED', '57P01', '57P02', '57P03', '53300',
]);

/** @returns what the client may know of an error. Anything unexpected is `internal` and says nothing more. */
export function describeError(error: unknown): ToldError {
  for (let cause: unknown = error, depth = 0; cause instanceof Error && depth < 6; cause = cause.cause, depth++) {
    if (cause instanceof AppError) return { code: cause.code, params: cause.params };
    if (cause instanceof ZodError) return { code: 'invalid', params: { reason: 'input', issues: cause.issues.map((issue) => ({ path: issue.path.join('.'), code: issue.code })) } };
    if ('code' in cause && typeof cause.code === 'string' && databaseAway.has(cause.code)) return { code: 'unavailable', params: {} };
  }
  if (error instanceof TRPCError) return { code: trpcOwn[error.code] ?? 'internal', params: {} };
  return { code: 'internal', params: {} };
}

/** Codes tRPC raises by itself: unknown procedure, wrong method, unreadable body. */
const trpcOwn: Partial<Record<TRPCError['code'], AppErrorCode>> = {
  NOT_FOUND: 'not_found',
  METHOD_NOT_SUPPORTED: 'invalid',
  BAD_REQUEST: 'invalid',
  PARSE_ERROR: 'invalid',
  UNSUPPORTED_MEDIA_TYPE: 'invalid',
  PAYLOAD_TOO_LARGE: 'too_large',
};

import type { TRPC_ERROR_CODE_KEY } from '@trpc/server/rpc';

/** What can go wrong, in words that both sides know. The texts live in the messages `errors.<code>`. */
export type AppErrorCode =
  | 'not_found'
  | 'forbidden'
  | 'unauthenticated'
  | 'invalid'
  | 'conflict'
  | 'too_large'
  | 'limited'
  | 'unavailable'
  | 'internal';

/** The one table from our codes to tRPC's (and so to HTTP). A missing code does not compile. */
export const trpcCodes = {
  not_found: 'NOT_FOUND',
  forbidden: 'FORBIDDEN',
  unauthenticated: 'UNAUTHORIZED',
  invalid: 'BAD_REQUEST',
  conflict: 'CONFLICT',
  too_large: 'PAYLOAD_TOO_LARGE',
  limited: 'TOO_MANY_REQUESTS',
  unavailable: 'SERVICE_UNAVAILABLE',
  internal: 'INTERNAL_SERVER_ERROR',
} as const satisfies Record<AppErrorCode, TRPC_ERROR_CODE_KEY>;

/** Facts about an error for the reader's screen: plain JSON, never secrets. `reason` narrows the code. */
export type AppErrorParams = Record<string, unknown>;

/** An error that services throw. The message is for developers and logs; users read `errors.<code>`. */
export class AppError extends Error {
  readonly code: AppErrorCode;
  readonly params: AppErrorParams;

  constructor(code: AppErrorCode, params: AppErrorParams = {}, options?: ErrorOptions) {
    const reason = typeof params['reason'] === 'string' ? ` (${params['reason']})` : '';
    super(`${code}${reason}`, options);
    this.name = 'AppError';
    this.code = code;
    this.params = params;
  }
}

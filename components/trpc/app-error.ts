/** What the API says about a refusal: a code of the server's error table and its parameters. Texts are at messages `errors.<code>`. */
export interface AppErrorInfo {
  code: string;
  params: Record<string, unknown>;
}

/**
 * Reads the product's error code from anything a query or mutation can throw.
 * A request that never got an answer is `unreachable`; an answer without a code is `internal`.
 */
export function readAppError(error: unknown): AppErrorInfo {
  const data = property(error, 'data');
  const code = property(data, 'appCode');
  if (typeof code === 'string') {
    const params = property(data, 'params');
    return { code, params: isObject(params) ? params : {} };
  }
  return { code: data === undefined || data === null ? 'unreachable' : 'internal', params: {} };
}

function property(value: unknown, key: string): unknown {
  return isObject(value) ? value[key] : undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

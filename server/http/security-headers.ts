import { isSecureRequest } from './is-secure-request.ts';

/** An answer of the API is data: it is not a page, not kept, not framed and not read by other origins. */
const always: [string, string][] = [
  ['x-content-type-options', 'nosniff'],
  ['content-security-policy', "default-src 'none'; frame-ancestors 'none'; sandbox"],
  ['cross-origin-resource-policy', 'same-origin'],
  ['referrer-policy', 'no-referrer'],
  ['x-frame-options', 'DENY'],
];

/** Adds the headers every answer of an API route carries. `cache-control` stays if the route has set one. */
export function withSecurityHeaders(request: Request, response: Response): Response {
  const secured = new Response(response.body, response);
  for (const [name, value] of always) secured.headers.set(name, value);
  if (!secured.headers.has('cache-control')) secured.headers.set('cache-control', 'no-store');
  if (isSecureRequest(request.headers)) secured.headers.set('strict-transport-security', 'max-age=31536000');
  return secured;
}

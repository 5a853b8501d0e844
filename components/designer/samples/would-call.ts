import type { FlowNode } from '#engine/flow/document.ts';
import type { Json } from '#engine/flow/json.ts';
import { prepareCall } from '#engine/nodes/http-call.ts';
import { httpRequest } from '#engine/nodes/http-request.ts';
import type { TestCall } from '#server/views/test.ts';

/**
 * The call that a request step would make for a record, built by the executor's own code without sending anything. What the
 * connection adds (its sign-in) and the idempotency key are put in by the engine. Null: another kind, a half-written
 * configuration, or a record that lacks what the address needs.
 */
export function wouldCall(node: FlowNode, data: Json, baseUrl: string | null): TestCall | null {
  if (node.kind !== httpRequest.kind) return null;
  const config = httpRequest.config.safeParse(node.config);
  if (!config.success) return null;
  const built = prepareCall(config.data).build({ key: '0', data });
  if (!built.ok) return null;
  const { method, url, query, headers, body } = built.request;
  const address = addressOf(baseUrl, url);
  const search = query.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join('&');
  const joined = search === '' ? address : `${address}${address.includes('?') ? '&' : '?'}${search}`;
  return { method, url: joined, headers: Object.fromEntries(headers), bodyText: body, held: true };
}

function addressOf(baseUrl: string | null, url: string): string {
  if (baseUrl === null || /^https?:\/\//i.test(url)) return url;
  return `${baseUrl.replace(/\/+$/, '')}/${url.replace(/^\/+/, '')}`;
}

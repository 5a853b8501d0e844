import { readDigits, creditNoteOf, itemBatchesOf, reversalOf, salesOrderOf, type ShopOrder } from '#e2e/support/stranger-results.ts';
import { BATCH, memberReturn, strangersReturn } from '#e2e/support/stranger-documents.ts';
import { shopProducts } from '#e2e/support/stranger-setting.ts';
import { receivedSince } from '#e2e/support/far-end.ts';

export const FLOWS = ['order', 'return', 'products'] as const;
export type Flow = (typeof FLOWS)[number];

const WAIT_MS = 30_000;
const LOOK_MS = 250;

/** What must arrive at the far systems, by system and path. */
export function expected(flow: Flow, order: string): Record<string, object[]> {
  switch (flow) {
    case 'order':
      return { 'erp /api/sales-orders': [salesOrderOf(readDigits<ShopOrder>(order))] };
    case 'return':
      return { 'erp /api/credit-notes': [creditNoteOf(memberReturn), creditNoteOf(strangersReturn)], 'loyalty /api/points': [reversalOf(memberReturn)] };
    case 'products':
      return { 'erp /api/items': itemBatchesOf(shopProducts(), BATCH) };
  }
}

/**
 * Waits until the far systems have what must arrive. Order does not count, nor whether a number came as a number or as a text of its digits:
 * the far systems take both.
 * @throws Error with both sides when it does not arrive in time
 */
export async function arrived(demoUrl: string, since: number, wanted: Record<string, object[]>): Promise<void> {
  const goal = picture(wanted);
  const until = Date.now() + WAIT_MS;
  for (;;) {
    const bodies: Record<string, unknown[]> = {};
    for (const { system, method, path, body, status } of await receivedSince(demoUrl, since)) {
      if (method === 'GET') continue;
      (bodies[`${system} ${path}`] ??= []).push(JSON.parse(body));
      if (status >= 400) throw new Error(`${system} answered ${status} to ${body}`);
    }
    const seen = picture(bodies);
    if (seen === goal) return;
    if (Date.now() > until) throw new Error(`Arrived is\n${seen}\nand not\n${goal}`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}

function picture(bodies: Record<string, unknown[]>): string {
  const text = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(text);
    if (typeof value !== 'object' || value === null) return value === null ? null : String(value);
    return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([key, inner]) => [key, text(inner)]));
  };
  const sorted = Object.entries(bodies).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify(sorted.map(([path, list]) => [path, list.map((body) => JSON.stringify(text(body))).toSorted()]));
}

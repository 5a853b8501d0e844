import { existsSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');

/** An order in the shape of the shop system's orders/create webhook, written by us. */
export const orderFile = join(root, 'e2e', 'fixtures', 'shopify-order.json');

/** The vendor's own sample of the same webhook where it lies beside the project, else null. */
export function vendorOrderFile(): string | null {
  const file = join(root, '..', 'shared', 'samples', 'shopify--order--webhook-orders-create.json');
  return existsSync(file) ? file : null;
}

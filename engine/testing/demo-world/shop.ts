import type { Json } from '#engine/flow/json.ts';
import { demoHeaders } from './demo-secrets.ts';
import { demoOrders } from './demo-orders.ts';
import { catalogue, productsOf } from './catalogue.ts';
import { notFound, type DemoAnswer, type DemoSystem, type KnownRequest } from './system.ts';

/** The shop: read only here; its webhooks are posted by first-orders.ts. */
export function createShop(): DemoSystem {
  return {
    secretHeader: demoHeaders.shop.toLowerCase(),
    secretOf: (secrets) => secrets.shopToken,
    handle(request) {
      if (request.method !== 'GET') return notFound();
      if (request.path === '/admin/api/orders') {
        return page(request, 'orders', demoOrders.filter((one) => one.retailer === request.retailer).map((one) => one.order));
      }
      if (request.path === '/admin/api/products') return page(request, 'products', catalogue[request.retailer].map((article) => ({ ...article })));
      if (request.path === '/admin/api/listings') return page(request, 'products', productsOf(request.retailer));
      return notFound();
    },
    restore() {
      // Nothing is ever written to the shop.
    },
  };
}

/** One page, with a `Link` header to the next in the manner of Shopify. */
function page(request: KnownRequest, name: string, all: Json[]): DemoAnswer {
  const start = Math.max(0, Number(request.query.get('page_info')) || 0);
  const limit = Math.min(250, Math.max(1, Number(request.query.get('limit')) || 50));
  const next = start + limit;
  const link = `</shop${request.path}?limit=${limit}&page_info=${next}>; rel="next"`;
  return { status: 200, body: { [name]: all.slice(start, next) }, headers: next < all.length ? { link } : {} };
}

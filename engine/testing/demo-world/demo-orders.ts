import type { Json } from '#engine/flow/json.ts';
import type { DemoRetailer } from './demo-secrets.ts';
import { shopifyOrder, type Buyer, type OrderOutline } from './shopify-order.ts';

const de = { country: 'Germany', countryCode: 'DE' };
const at = { country: 'Austria', countryCode: 'AT' };
const fr = { country: 'France', countryCode: 'FR' };
const gb = { country: 'United Kingdom', countryCode: 'GB' };

const buyers = {
  grote: { firstName: 'Jörg', lastName: 'Grote', email: 'joerg.grote@post.example', street: 'Am Hafen 12', zip: '24103', city: 'Kiel', ...de },
  weiss: { firstName: 'Änne', lastName: 'Weiß', email: 'aenne.weiss@post.example', street: 'Lindenstraße 4a', zip: '80331', city: 'München', ...de },
  huber: { firstName: 'Franziska', lastName: 'Huber', email: 'f.huber@post.example', street: 'Mariahilfer Straße 77', zip: '1060', city: 'Wien', ...at },
  tran: { firstName: 'Minh', lastName: 'Tran', email: 'minh.tran@post.example', street: 'Kottbusser Damm 31', zip: '10967', city: 'Berlin', ...de },
  okafor: { firstName: 'Ada', lastName: 'Okafor', email: 'ada.okafor@post.example', street: 'Elbchaussee 208', zip: '22605', city: 'Hamburg', ...de },
  petit: { firstName: 'Chloé', lastName: 'Petit', email: 'chloe.petit@post.example', street: '18 rue des Carmes', zip: '44000', city: 'Nantes', ...fr },
  hughes: { firstName: 'Owen', lastName: 'Hughes', email: 'owen.hughes@post.example', street: '5 Harbour Lane', zip: 'BS1 4SZ', city: 'Bristol', ...gb },
} satisfies Record<string, Buyer>;

const parcel = { title: 'Standardversand', code: 'DHL_PAKET', price: '4.90' };
const express = { title: 'Expressversand', code: 'DHL_EXPRESS', price: '12.90' };
const free = { title: 'Versandkostenfrei', code: 'FREE', price: '0.00' };
const courier = { title: 'Courier', code: 'COURIER', price: '19.00' };

const outlines: OrderOutline[] = [
  { retailer: 'nordlicht', number: 1041, createdAt: '2026-11-20T08:12:44+01:00', buyer: buyers.grote, lines: [{ sku: 'JKT-STORM-M-NVY', quantity: 1 }, { sku: 'SOCK-MER-42', quantity: 2 }], shipping: free },
  { retailer: 'nordlicht', number: 1042, createdAt: '2026-11-20T11:47:03+01:00', buyer: buyers.weiss, lines: [{ sku: 'BTL-1L-STL', quantity: 3 }], shipping: parcel },
  { retailer: 'nordlicht', number: 1043, createdAt: '2026-11-21T19:30:21+01:00', buyer: buyers.huber, lines: [{ sku: 'TENT-2P-GRN', quantity: 1, discount: '25.00' }, { sku: 'LAMP-H300', quantity: 2 }, { sku: 'SLP-DOWN-0C', quantity: 1 }], shipping: free },
  // The one that fails: the ERP knows of a recall that the shop has not heard of.
  { retailer: 'nordlicht', number: 1044, createdAt: '2026-11-22T09:05:58+01:00', buyer: buyers.tran, lines: [{ sku: 'BAG-40L-BLK', quantity: 1 }, { sku: 'TENT-4P-RED', quantity: 1 }], shipping: free, note: 'Bitte beim Nachbarn abgeben' },
  { retailer: 'nordlicht', number: 1045, createdAt: '2026-11-22T14:22:10+01:00', buyer: buyers.okafor, lines: [{ sku: 'SLP-DOWN-0C', quantity: 2, discount: '55.80' }], shipping: express },
  { retailer: 'nordlicht', number: 1046, createdAt: '2026-11-22T21:58:37+01:00', buyer: buyers.grote, lines: [{ sku: 'LAMP-H300', quantity: 1 }], shipping: parcel },
  { retailer: 'nordlicht', number: 1047, createdAt: '2026-11-23T07:40:02+01:00', buyer: buyers.weiss, lines: [{ sku: 'JKT-STORM-M-NVY', quantity: 1 }, { sku: 'BAG-40L-BLK', quantity: 1, discount: '13.99' }, { sku: 'BTL-1L-STL', quantity: 1 }], shipping: free },
  { retailer: 'kaffeewerk', number: 2210, createdAt: '2026-11-21T06:55:12+01:00', buyer: buyers.tran, lines: [{ sku: 'ESP-HAUS-1KG', quantity: 2 }, { sku: 'FIL-AETH-250', quantity: 1 }], shipping: parcel },
  { retailer: 'kaffeewerk', number: 2211, createdAt: '2026-11-22T17:31:49+01:00', buyer: buyers.okafor, lines: [{ sku: 'MILL-HAND-2', quantity: 1, discount: '10.00' }], shipping: free },
  { retailer: 'atelier', number: 3107, createdAt: '2026-11-22T10:18:26+01:00', buyer: buyers.petit, lines: [{ sku: 'PLN-MONST-L', quantity: 1 }, { sku: 'POT-TERRA-28', quantity: 1 }], shipping: courier },
  { retailer: 'volta', number: 5518, createdAt: '2026-11-21T12:09:33+00:00', buyer: buyers.hughes, lines: [{ sku: 'BIKE-CITY-54', quantity: 1, discount: '150.00' }, { sku: 'LOCK-U-GOLD', quantity: 1 }], shipping: courier },
  { retailer: 'volta', number: 5519, createdAt: '2026-11-22T16:44:05+00:00', buyer: buyers.hughes, lines: [{ sku: 'HLM-URB-M', quantity: 2 }], shipping: { ...courier, price: '6.50' } },
];

export interface DemoOrder {
  retailer: DemoRetailer;
  number: number;
  /** Shopify's id of the delivery, the same on every repetition. */
  deliveryId: string;
  order: Json;
}

/** The orders that have been placed before a newcomer arrives. One of Nordlicht's, number 1044, is refused by the ERP. */
export const demoOrders: DemoOrder[] = outlines.map((outline) => ({
  retailer: outline.retailer,
  number: outline.number,
  deliveryId: `b54557e4-bdd9-4b37-8a5f-${String(outline.number).padStart(12, '0')}`,
  order: shopifyOrder(outline),
}));

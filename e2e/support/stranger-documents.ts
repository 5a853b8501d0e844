/** What a stranger has in hand before beginning: events of the shop, and the examples in the far systems' documentation. Both editors are given the same. */

/** What the ERP's documentation shows for a sales order. */
export const erpOrderExample = `{
  "externalId": "4711",
  "orderNumber": "1001",
  "orderDate": "2026",
  "currency": "EUR",
  "customer": { "name": "Erika" },
  "shipTo": { "name": "Erika", "city": "Kiel", "countryCode": "DE" },
  "totalGross": "119",
  "lines": [
    { "externalLineId": "1", "sku": "ABC", "quantity": 2, "unitPrice": "59" }
  ]
}`;

/** What the ERP's documentation shows for a credit note. */
export const erpCreditExample = `{
  "externalId": "4712",
  "orderNumber": "1001",
  "date": "2026",
  "currency": "EUR",
  "customerNumber": "77",
  "reason": "size",
  "amount": "59",
  "lines": [
    { "sku": "ABC", "quantity": 1, "amount": "59" }
  ]
}`;

/** What the loyalty system's documentation shows for a booking of points. */
export const loyaltyPointsExample = `{
  "memberId": "M1",
  "orderId": "1001",
  "points": -59,
  "occurredAt": "2026"
}`;

/** What the ERP's documentation shows for one item; items go to it under \`items\`. */
export const erpItemExample = `{
  "sku": "ABC",
  "name": "Shoe",
  "brand": "Acme",
  "price": "59",
  "weight": 400
}`;

const returned = {
  id: 991_302_551,
  created_at: '2026-11-23T16:20:05+01:00',
  status: 'received',
  currency: 'EUR',
  reason: 'size_too_small',
  note: null,
  order: { id: 5_512_004, name: '#1512' },
  customer: { id: 607_143_980, email: 'maren.voss@example.com', first_name: 'Maren', last_name: 'Voss' },
  total_refunded: '164.91',
  return_line_items: [
    { id: 1, sku: 'FJ-SHELL-M', quantity: 1, subtotal: '139.95', restock: true },
    { id: 2, sku: 'FJ-SOCK-42', quantity: 2, subtotal: '24.96', restock: true },
  ],
};

/** A return of a member of the loyalty programme. */
export const memberReturn = { ...returned, loyalty: { member_id: 'LM-20417', points_earned: 164 } };

/** A return of somebody who is no member. */
export const strangersReturn = { ...returned, id: 991_302_552, order: { id: 5_512_009, name: '#1519' }, loyalty: { member_id: null, points_earned: 0 } };

/** Price by SKU, as it stands in the table; the variants of the demo shop are the articles alone and in twos. */
export function priceOf(sku: string): string {
  const sum = [...sku].reduce((total, letter) => (total * 31 + letter.charCodeAt(0)) % 20_000, 7);
  return ((sum + 990) / 100).toFixed(2);
}

/** Items go to the ERP so many at a time. */
export const BATCH = 5;

import type { LabelledPair } from '../labelled-pair.ts';

export const shopifyRefund: LabelledPair = {
  name: 'Shopify refund',
  entity: 'return',
  records: [
    {
      id: 930110245,
      order_id: 5590123388741,
      created_at: '2026-02-09T10:20:00+01:00',
      processed_at: '2026-02-09T10:20:00+01:00',
      note: 'Strap was torn',
      user_id: 71,
      restock: true,
      refund_line_items: [
        { id: 40055, quantity: 1, line_item_id: 13920011223, location_id: 66120553, restock_type: 'return', subtotal: 24, total_tax: 3.83, subtotal_set: { shop_money: { amount: '24.00', currency_code: 'EUR' } }, line_item: { id: 13920011223, variant_id: 44012, title: 'Canvas bag', quantity: 2, sku: 'BAG-CNV', variant_title: 'sand', vendor: 'Harbour', product_id: 81220, taxable: true, name: 'Canvas bag - sand', price: '24.00', total_discount: '0.00' } },
      ],
      transactions: [{ id: 60771, order_id: 5590123388741, kind: 'refund', gateway: 'shopify_payments', status: 'success', message: 'ok', created_at: '2026-02-09T10:20:00+01:00', processed_at: '2026-02-09T10:20:01+01:00', amount: '24.00', currency: 'EUR', authorization: null, parent_id: 60110 }],
      order_adjustments: [{ id: 31, order_id: 5590123388741, refund_id: 930110245, amount: '-4.90', tax_amount: '0.00', kind: 'shipping_refund', reason: 'Shipping refund' }],
      admin_graphql_api_id: 'gid://shopify/Refund/930110245',
    },
  ],
  correct: {
    id: 'id',
    orderId: 'order_id',
    returnedAt: ['processed_at', 'created_at'],
    note: 'note',
    reason: 'note',
    'lines[].id': 'refund_line_items[].id',
    'lines[].orderLineId': ['refund_line_items[].line_item_id', 'refund_line_items[].line_item.id'],
    'lines[].sku': 'refund_line_items[].line_item.sku',
    'lines[].name': ['refund_line_items[].line_item.name', 'refund_line_items[].line_item.title'],
    'lines[].quantity': 'refund_line_items[].quantity',
    'lines[].storeId': 'refund_line_items[].location_id',
    'lines[].amount': 'refund_line_items[].subtotal',
    'lines[].taxTotal': 'refund_line_items[].total_tax',
    'tenders[].id': 'transactions[].id',
    'tenders[].method': 'transactions[].gateway',
    'tenders[].amount': 'transactions[].amount',
    'tenders[].reference': ['transactions[].authorization', 'transactions[].id'],
    'tenders[].paidAt': ['transactions[].processed_at', 'transactions[].created_at'],
  },
};

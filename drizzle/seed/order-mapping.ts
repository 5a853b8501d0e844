import type { Json } from '#engine/flow/json.ts';
import type { MappingFunction, MappingRule } from '#engine/mapping/mapping-schema.ts';

type Rest = Partial<Pick<MappingRule, 'functions' | 'onMissing' | 'when'>>;

const toText: MappingFunction = { fn: 'convert.toText', args: [] };
const amount: MappingFunction = { fn: 'number.toText', args: [2] };
const total: MappingFunction = { fn: 'list.sum', args: [] };

/** Shopify's order as the demo ERP's sales order. Amounts stay decimal text, ids keep their 18 digits. */
export function erpOrderRules(): MappingRule[] {
  return numbered('erp', [
    from('externalId', 'id', { functions: [toText], onMissing: 'fail' }),
    from('orderNumber', 'name', { onMissing: 'fail' }),
    from('orderDate', 'created_at', { functions: [{ fn: 'date.format', args: ['YYYY-MM-DD'] }], onMissing: 'fail' }),
    from('currency', 'currency', { onMissing: 'fail' }),
    constant('channel', 'web'),
    from('customer.number', 'customer.id', { functions: [toText] }),
    from('customer.name', 'customer.first_name', {
      functions: [{ fn: 'text.join', args: [' ', { path: 'customer.last_name' }] }],
      when: { match: 'all', rules: [{ path: 'customer.id', operator: 'exists', value: null }] },
    }),
    // A guest has no customer record, but an invoice needs a name.
    from('customer.name', 'billing_address.name', { when: { match: 'all', rules: [{ path: 'customer.id', operator: 'missing', value: null }] } }),
    from('customer.email', 'email', { functions: [{ fn: 'text.lower', args: [] }] }),
    from('shipTo.name', 'shipping_address.name'),
    from('shipTo.street', 'shipping_address.address1'),
    from('shipTo.postalCode', 'shipping_address.zip'),
    from('shipTo.city', 'shipping_address.city'),
    from('shipTo.countryCode', 'shipping_address.country_code'),
    {
      ...from('lines[]', 'line_items'),
      source: {
        type: 'forEach',
        path: 'line_items',
        rules: numbered('line', [
          { ...from('lineNo', ''), source: { type: 'index' }, functions: [{ fn: 'number.add', args: [1] }] },
          from('sku', 'sku', { onMissing: 'fail' }),
          from('description', 'name'),
          from('quantity', 'quantity', { onMissing: 'fail' }),
          from('unitPrice', 'price', { onMissing: 'fail' }),
          from('discount', 'total_discount', { onMissing: { default: '0.00' } }),
          from('tax', 'tax_lines[].price', { functions: [total, amount], onMissing: { default: '0.00' } }),
        ]),
      },
    },
    from('shippingCost', 'shipping_lines[].price', { functions: [total, amount], onMissing: { default: '0.00' } }),
    from('totalGross', 'total_price', { onMissing: 'fail' }),
  ]);
}

/** One point for each whole unit of currency spent on goods. */
export function loyaltyPointsRules(): MappingRule[] {
  return numbered('points', [
    from('memberId', 'customer.id', { functions: [toText], onMissing: 'fail' }),
    from('orderId', 'id', { functions: [toText], onMissing: 'fail' }),
    from('points', 'subtotal_price', { functions: [{ fn: 'number.round', args: [0] }], onMissing: 'fail' }),
    from('occurredAt', 'created_at', { onMissing: 'fail' }),
  ]);
}

function from(target: string, path: string, rest: Rest = {}): MappingRule {
  return { id: '', target, source: { type: 'path', path }, functions: [], onMissing: 'skip', ...rest };
}

function constant(target: string, value: Json): MappingRule {
  return { id: '', target, source: { type: 'constant', value }, functions: [], onMissing: 'skip' };
}

function numbered(prefix: string, rules: MappingRule[]): MappingRule[] {
  return rules.map((rule, index) => ({ ...rule, id: `${prefix}_${index + 1}` }));
}

import type { Json } from '#engine/flow/json.ts';
import { catalogue, taxOf } from './catalogue.ts';
import type { DemoRetailer } from './demo-secrets.ts';

export interface Buyer {
  firstName: string;
  lastName: string;
  email: string;
  street: string;
  zip: string;
  city: string;
  country: string;
  countryCode: string;
}

/** The little that differs from order to order. */
export interface OrderOutline {
  retailer: DemoRetailer;
  /** Number of the order in its shop; every id is made from it. */
  number: number;
  /** ISO instant with offset. */
  createdAt: string;
  buyer: Buyer;
  lines: { sku: string; quantity: number; discount?: string }[];
  shipping: { title: string; code: string; price: string };
  note?: string;
}

/** An order exactly in the shape of Shopify's `orders/create` webhook (REST Admin API): same fields, 18-digit ids as numbers, amounts as text. */
export function shopifyOrder(outline: OrderOutline): Json {
  const { retailer, number, buyer, createdAt, shipping } = outline;
  const { currency } = taxOf[retailer];
  const id = idOf(outline, 1);
  const lines = outline.lines.map((line, index) => priced(outline, line, index));
  const sum = (pick: (line: Priced) => number): number => lines.reduce((total, line) => total + pick(line), 0);
  const listed = sum((line) => line.listed);
  const discounts = sum((line) => line.discount);
  const shipped = cents(shipping.price);
  const shippingTax = includedTax(shipped, retailer);
  const tax = sum((line) => line.tax) + shippingTax;
  const money = moneyIn(currency);
  const address = addressOf(buyer);
  return {
    id,
    email: buyer.email,
    closed_at: null,
    created_at: createdAt,
    updated_at: createdAt,
    number: number - 1000,
    note: outline.note ?? null,
    token: `${retailer}${number}`.padEnd(32, '0'),
    gateway: null,
    test: false,
    total_price: text(listed - discounts + shipped),
    subtotal_price: text(listed - discounts),
    total_weight: lines.reduce((total, line) => total + line.grams, 0),
    total_tax: text(tax),
    taxes_included: true,
    currency,
    financial_status: 'paid',
    confirmed: true,
    total_discounts: text(discounts),
    total_line_items_price: text(listed),
    cart_token: null,
    buyer_accepts_marketing: false,
    name: `#${number}`,
    referring_site: null,
    landing_site: null,
    cancelled_at: null,
    cancel_reason: null,
    total_price_usd: null,
    checkout_token: null,
    reference: null,
    user_id: null,
    location_id: null,
    source_identifier: null,
    source_url: null,
    processed_at: createdAt,
    device_id: null,
    phone: null,
    customer_locale: retailer === 'volta' ? 'en-GB' : 'de',
    app_id: 580111,
    browser_ip: null,
    landing_site_ref: null,
    order_number: number,
    discount_applications: [],
    discount_codes: [],
    note_attributes: [],
    payment_gateway_names: ['shopify_payments'],
    processing_method: 'direct',
    checkout_id: null,
    source_name: 'web',
    fulfillment_status: null,
    tax_lines: [taxLine(tax, retailer)],
    tags: '',
    contact_email: buyer.email,
    order_status_url: `https://${retailer}.example/orders/${number}`,
    presentment_currency: currency,
    total_line_items_price_set: money(listed),
    total_discounts_set: money(discounts),
    total_shipping_price_set: money(shipped),
    subtotal_price_set: money(listed - discounts),
    total_price_set: money(listed - discounts + shipped),
    total_tax_set: money(tax),
    line_items: lines.map((line) => line.json),
    fulfillments: [],
    refunds: [],
    total_tip_received: '0.0',
    original_total_duties_set: null,
    current_total_duties_set: null,
    payment_terms: null,
    admin_graphql_api_id: `gid://shopify/Order/${id}`,
    shipping_lines: [
      {
        id: idOf(outline, 90),
        title: shipping.title,
        price: shipping.price,
        code: shipping.code,
        source: 'shopify',
        phone: null,
        requested_fulfillment_service_id: null,
        delivery_category: null,
        carrier_identifier: null,
        discounted_price: shipping.price,
        price_set: money(shipped),
        discounted_price_set: money(shipped),
        discount_allocations: [],
        tax_lines: [taxLine(shippingTax, retailer)],
      },
    ],
    billing_address: address,
    shipping_address: address,
    customer: customerOf(outline),
  };
}

interface Priced {
  json: Json;
  listed: number;
  discount: number;
  tax: number;
  grams: number;
}

function priced(outline: OrderOutline, line: OrderOutline['lines'][number], index: number): Priced {
  const article = catalogue[outline.retailer].find((one) => one.sku === line.sku);
  if (!article) throw new Error(`No article ${line.sku} at ${outline.retailer}.`);
  const listed = cents(article.price) * line.quantity;
  const discount = cents(line.discount ?? '0.00');
  const tax = includedTax(listed - discount, outline.retailer);
  const money = moneyIn(taxOf[outline.retailer].currency);
  const id = idOf(outline, 10 + index);
  const json = {
    id,
    variant_id: 40_000_000_000_000 + cents(article.price),
    title: article.title,
    quantity: line.quantity,
    sku: article.sku,
    variant_title: article.variant,
    vendor: article.vendor,
    fulfillment_service: 'manual',
    product_id: 7_000_000_000_000 + cents(article.price),
    requires_shipping: true,
    taxable: true,
    gift_card: false,
    name: article.variant === null ? article.title : `${article.title} - ${article.variant}`,
    variant_inventory_management: 'shopify',
    properties: [],
    product_exists: true,
    fulfillable_quantity: line.quantity,
    grams: article.grams,
    price: article.price,
    total_discount: text(discount),
    fulfillment_status: null,
    price_set: money(cents(article.price)),
    total_discount_set: money(discount),
    discount_allocations: [],
    duties: [],
    admin_graphql_api_id: `gid://shopify/LineItem/${id}`,
    tax_lines: [taxLine(tax, outline.retailer)],
  };
  return { json, listed, discount, tax, grams: article.grams * line.quantity };
}

function customerOf(outline: OrderOutline): Json {
  const { buyer, createdAt } = outline;
  // Ids of customers follow from their e-mail address, so that someone who buys twice stays one customer.
  const letters = [...buyer.email].reduce((hash, letter) => (hash * 31n + BigInt(letter.charCodeAt(0))) % 899_999_999_999_999_999n, 7n);
  const id = 100_000_000_000_000_001n + letters;
  return {
    id,
    email: buyer.email,
    accepts_marketing: false,
    created_at: createdAt,
    updated_at: createdAt,
    first_name: buyer.firstName,
    last_name: buyer.lastName,
    orders_count: 1,
    state: 'enabled',
    total_spent: '0.00',
    last_order_id: null,
    note: null,
    verified_email: true,
    multipass_identifier: null,
    tax_exempt: false,
    phone: null,
    tags: '',
    last_order_name: null,
    currency: taxOf[outline.retailer].currency,
    accepts_marketing_updated_at: null,
    marketing_opt_in_level: null,
    email_marketing_consent: { state: 'not_subscribed', opt_in_level: null, consent_updated_at: null },
    sms_marketing_consent: null,
    admin_graphql_api_id: `gid://shopify/Customer/${id}`,
    default_address: {
      id: id - 1n,
      customer_id: id,
      first_name: buyer.firstName,
      last_name: buyer.lastName,
      company: null,
      address1: buyer.street,
      address2: null,
      city: buyer.city,
      province: null,
      country: buyer.country,
      zip: buyer.zip,
      phone: null,
      name: `${buyer.firstName} ${buyer.lastName}`,
      province_code: null,
      country_code: buyer.countryCode,
      country_name: buyer.country,
      default: true,
    },
  };
}

function addressOf(buyer: Buyer): Record<string, Json> {
  return {
    first_name: buyer.firstName,
    address1: buyer.street,
    phone: null,
    city: buyer.city,
    zip: buyer.zip,
    province: null,
    country: buyer.country,
    last_name: buyer.lastName,
    address2: null,
    company: null,
    latitude: null,
    longitude: null,
    name: `${buyer.firstName} ${buyer.lastName}`,
    country_code: buyer.countryCode,
    province_code: null,
  };
}

/** Ids beyond 2^53 with no two digits alike by chance: what a careless JSON parser would change. */
function idOf(outline: OrderOutline, part: number): bigint {
  return 820_982_911_946_000_003n + BigInt(outline.number) * 1_000_003n + BigInt(part) * 7n + BigInt(outline.retailer.length) * 900_000_000_007n;
}

function taxLine(tax: number, retailer: DemoRetailer): Json {
  const { title, percent, currency } = taxOf[retailer];
  return { price: text(tax), rate: percent / 100, title: `${title} ${percent}%`, price_set: moneyIn(currency)(tax), channel_liable: false };
}

function includedTax(gross: number, retailer: DemoRetailer): number {
  const { percent } = taxOf[retailer];
  return Math.round((gross * percent) / (100 + percent));
}

function moneyIn(currency: string): (amount: number) => Json {
  return (amount) => ({
    shop_money: { amount: text(amount), currency_code: currency },
    presentment_money: { amount: text(amount), currency_code: currency },
  });
}

/** Whole cents; every amount here is written with exactly two decimals. */
function cents(amount: string): number {
  return Number(amount.replace('.', ''));
}

function text(amount: number): string {
  return (amount / 100).toFixed(2);
}

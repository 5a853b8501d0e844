import { textOf, type Json } from '#engine/flow/json.ts';
import { at, checkBody, readBody, validationFailed, type BodyCheck } from './checks.ts';
import type { DemoRetailer } from './demo-secrets.ts';
import { notFound, type DemoSystem, type KnownRequest } from './system.ts';

interface SalesOrder {
  number: string;
  retailer: DemoRetailer;
  order: Json;
}

/** Articles the ERP refuses to sell, each with its reason. */
const blocked = new Map([['TENT-4P-RED', 'is blocked for sale since 2026-10-01 (recall R-118)']]);
const amount = /^-?\d+(\.\d+)?$/;
const wholeNumber = /^[1-9]\d*(\.0+)?$/;
const date = /^\d{4}-\d{2}-\d{2}/;
const currency = /^[A-Z]{3}$/;

/** The ERP: takes sales orders, credit notes and items, checks them as a strict back office would, and numbers them in the order they came. */
export function createErp(): DemoSystem {
  const orders: SalesOrder[] = [];
  let creditNotes = 0;

  function create(request: KnownRequest) {
    const read = readBody(request.body);
    if ('refusal' in read) return read.refusal;
    const { body } = read;
    const check = checkBody(body);
    checkHead(check);
    const lines = check.list('lines');
    for (let index = 0; index < lines.length; index += 1) checkLine(check, `lines[${index}]`);
    if (check.problems.length > 0) return validationFailed(check.problems);
    const number = numbered('SO', orders.length + 1);
    orders.push({ number, retailer: request.retailer, order: body });
    const salesOrder = {
      number,
      externalId: textOf(at(body, 'externalId')),
      status: 'open',
      lineCount: lines.length,
      totalGross: textOf(at(body, 'totalGross')),
    };
    return { status: 201, body: { salesOrder } };
  }

  function credit(request: KnownRequest) {
    const read = readBody(request.body);
    if ('refusal' in read) return read.refusal;
    const check = checkBody(read.body);
    for (const field of ['externalId', 'orderNumber', 'customerNumber', 'reason']) check.text(field);
    check.pattern('date', date, 'a date like 2026-11-23');
    check.pattern('currency', currency, 'a currency code of three letters');
    check.pattern('amount', amount, 'an amount');
    const lines = check.list('lines');
    for (let index = 0; index < lines.length; index += 1) {
      check.text(`lines[${index}].sku`);
      check.pattern(`lines[${index}].quantity`, wholeNumber, 'a positive whole number');
      check.pattern(`lines[${index}].amount`, amount, 'an amount');
    }
    if (check.problems.length > 0) return validationFailed(check.problems);
    creditNotes += 1;
    return { status: 201, body: { creditNote: { number: numbered('CN', creditNotes), externalId: textOf(at(read.body, 'externalId')) } } };
  }

  function list(request: KnownRequest) {
    const own = orders.filter((one) => one.retailer === request.retailer);
    const offset = Math.max(0, Number(request.query.get('offset')) || 0);
    const limit = Math.min(100, Number(request.query.get('limit')) || 20);
    const salesOrders = own.slice(offset, offset + limit).map(({ number, order }) => ({ number, order }));
    return { status: 200, body: { salesOrders, total: own.length } };
  }

  return {
    secretHeader: 'authorization',
    secretOf: (secrets) => `Bearer ${secrets.erpToken}`,
    handle(request) {
      if (request.path === '/api/sales-orders') {
        if (request.method === 'POST') return create(request);
        if (request.method === 'GET') return list(request);
      }
      if (request.method === 'POST' && request.path === '/api/credit-notes') return credit(request);
      if (request.method === 'POST' && request.path === '/api/items') return takeItems(request);
      const number = /^\/api\/sales-orders\/([^/]+)$/.exec(request.path)?.[1];
      const found = orders.find((one) => one.number === number && one.retailer === request.retailer);
      return found && request.method === 'GET' ? { status: 200, body: { number: found.number, order: found.order } } : notFound();
    },
    restore(request, answer) {
      const read = readBody(request.body);
      if (request.path === '/api/credit-notes') creditNotes += 1;
      else if (request.path === '/api/sales-orders' && 'body' in read) orders.push({ number: textOf(at(answer.body, 'salesOrder.number')), retailer: request.retailer, order: read.body });
    },
  };
}

/** Items come many at a time: all of them are taken, or none. */
function takeItems(request: KnownRequest) {
  const read = readBody(request.body);
  if ('refusal' in read) return read.refusal;
  const check = checkBody(read.body);
  const items = check.list('items');
  for (let index = 0; index < items.length; index += 1) {
    for (const field of ['sku', 'name', 'brand']) check.text(`items[${index}].${field}`);
    check.pattern(`items[${index}].price`, amount, 'an amount');
  }
  if (check.problems.length > 0) return validationFailed(check.problems);
  return { status: 201, body: { accepted: items.length } };
}

function numbered(kind: string, count: number): string {
  return `${kind}-26-${String(count).padStart(6, '0')}`;
}

function checkHead(check: BodyCheck): void {
  for (const field of ['externalId', 'orderNumber', 'customer.name', 'shipTo.name', 'shipTo.city']) check.text(field);
  check.pattern('orderDate', date, 'a date like 2026-11-23');
  check.pattern('currency', currency, 'a currency code of three letters');
  check.pattern('shipTo.countryCode', /^[A-Z]{2}$/, 'a country code of two letters');
}

function checkLine(check: BodyCheck, line: string): void {
  const sku = check.text(`${line}.sku`);
  const reason = blocked.get(sku);
  if (reason !== undefined) check.refuse(`${line}.sku`, `SKU "${sku}" ${reason}`);
  check.pattern(`${line}.quantity`, wholeNumber, 'a positive whole number');
  check.pattern(`${line}.unitPrice`, amount, 'an amount');
}

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

/** The ERP: takes sales orders, checks them as a strict back office would, and numbers them in the order they came. */
export function createErp(): DemoSystem {
  const orders: SalesOrder[] = [];

  function create(request: KnownRequest) {
    const read = readBody(request.body);
    if ('refusal' in read) return read.refusal;
    const { body } = read;
    const check = checkBody(body);
    checkHead(check);
    const lines = check.list('lines');
    for (let index = 0; index < lines.length; index += 1) checkLine(check, `lines[${index}]`);
    if (check.problems.length > 0) return validationFailed(check.problems);
    const number = `SO-26-${String(orders.length + 1).padStart(6, '0')}`;
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
      const number = /^\/api\/sales-orders\/([^/]+)$/.exec(request.path)?.[1];
      const found = orders.find((one) => one.number === number && one.retailer === request.retailer);
      return found && request.method === 'GET' ? { status: 200, body: { number: found.number, order: found.order } } : notFound();
    },
    restore(request, answer) {
      const read = readBody(request.body);
      if ('body' in read) orders.push({ number: textOf(at(answer.body, 'salesOrder.number')), retailer: request.retailer, order: read.body });
    },
  };
}

function checkHead(check: BodyCheck): void {
  for (const field of ['externalId', 'orderNumber', 'customer.name', 'shipTo.name', 'shipTo.city']) check.text(field);
  check.pattern('orderDate', /^\d{4}-\d{2}-\d{2}/, 'a date like 2026-11-23');
  check.pattern('currency', /^[A-Z]{3}$/, 'a currency code of three letters');
  check.pattern('shipTo.countryCode', /^[A-Z]{2}$/, 'a country code of two letters');
}

function checkLine(check: BodyCheck, line: string): void {
  const sku = check.text(`${line}.sku`);
  const reason = blocked.get(sku);
  if (reason !== undefined) check.refuse(`${line}.sku`, `SKU "${sku}" ${reason}`);
  check.pattern(`${line}.quantity`, /^[1-9]\d*(\.0+)?$/, 'a positive whole number');
  check.pattern(`${line}.unitPrice`, amount, 'an amount');
}

import { emptyDocument, type FlowDocument, type FlowEdge, type FlowNode } from '#engine/flow/document.ts';
import { parseJson, type Json } from '#engine/flow/json.ts';
import type { MappingRule } from '#engine/mapping/mapping-schema.ts';
import { NODE_KINDS, type KindName } from '#engine/nodes/registry.ts';
import { erpOrderRules, loyaltyPointsRules } from './order-mapping.ts';

/** Connection ids the demo's flows use. */
export interface DemoConnections {
  shop: string;
  erp: string;
  loyalty: string;
}

const column = 300;
const row = 180;

/** "Shopify order → ERP sales order + loyalty points". `sampleBody` is an order of the retailer, to preview mappings on. */
export function ordersFlow(connections: DemoConnections, sampleBody: string): FlowDocument {
  const post = { method: 'POST', query: [], headers: [], body: { mode: 'record' }, answer: { mode: 'replace' }, timeoutSeconds: 30, idempotencyHeader: 'Idempotency-Key' };
  return document({
    nodes: [
      node('note', 'note', { label: 'About this flow', at: [0, -1.1], config: {
        text:
          'Each new order of the shop becomes a sales order in the ERP, and its customer earns loyalty points: one for each euro spent on goods.\n' +
          'Orders of guests earn none. An order the ERP refuses waits under exceptions with its data; the points are booked all the same.',
      } }),
      node('order', 'webhook-trigger', { label: 'Order placed in the shop', at: [0, 0.5], config: { verification: { recipe: 'shopify' }, connectionId: connections.shop, sampleBody } }),
      node('erp_map', 'map', { label: 'Order for the ERP', at: [1, 0], config: { mapping: { rules: asJson(erpOrderRules()) } } }),
      node('erp_post', 'http-request', { label: 'Create sales order', at: [2, 0], config: { ...post, connectionId: connections.erp, url: '/api/sales-orders', businessKey: 'orderNumber' } }),
      node('member', 'filter', { label: 'Has a customer account', at: [1, 1], config: { rules: { match: 'all', rules: [{ path: 'customer.id', operator: 'exists', value: null }] } } }),
      node('points_map', 'map', { label: 'Loyalty points', at: [2, 1], config: { mapping: { rules: asJson(loyaltyPointsRules()) } } }),
      node('points_post', 'http-request', { label: 'Book points', at: [3, 1], config: { ...post, connectionId: connections.loyalty, url: '/api/points', businessKey: 'orderId' } }),
    ],
    edges: [
      edge('order.out', 'erp_map'),
      edge('erp_map.out', 'erp_post'),
      edge('order.out', 'member'),
      edge('member.kept', 'points_map'),
      edge('points_map.out', 'points_post'),
    ],
    // Later changes of the same order must not overtake it.
    orderingKey: 'id',
    businessKeys: [{ label: 'Order', path: 'name' }, { label: 'E-mail', path: 'email' }],
  });
}

/** "Nightly stock check": reports articles that could not be sold anyway. Seeded paused. */
export function stockFlow(connections: DemoConnections, timeZone: string): FlowDocument {
  const get = { method: 'GET', query: [{ name: 'limit', value: '250' }], headers: [], body: { mode: 'none' }, answer: { mode: 'replace' }, timeoutSeconds: 30, idempotencyHeader: null };
  return document({
    nodes: [
      node('note', 'note', { label: 'About this flow', at: [0, -1.1], config: { text: 'Every night all articles of the shop are read. One without a SKU or a price becomes an exception, before somebody orders it.' } }),
      node('night', 'schedule-trigger', { label: 'Every night', at: [0, 0], config: { cron: '30 2 * * *', timeZone } }),
      node('articles', 'http-request', { label: 'Read articles', at: [1, 0], config: { ...get, connectionId: connections.shop, url: '/admin/api/products' } }),
      node('each', 'split', { label: 'Each article', at: [2, 0], config: { path: 'products' } }),
      node('faulty', 'filter', { label: 'SKU or price missing', at: [3, 0], config: {
        rules: { match: 'any', rules: [{ path: 'sku', operator: 'isEmpty', value: null }, { path: 'price', operator: 'isEmpty', value: null }] },
      } }),
      node('report', 'raise-exception', { label: 'Report article', at: [4, 0], config: { message: 'Article {{title}} has no SKU or no price.', class: 'data' } }),
    ],
    edges: [edge('night.out', 'articles'), edge('articles.out', 'each'), edge('each.out', 'faulty'), edge('faulty.kept', 'report')],
    orderingKey: null,
    businessKeys: [],
  });
}

type Parts = Pick<FlowDocument, 'nodes' | 'edges'> & Pick<FlowDocument['settings'], 'orderingKey' | 'businessKeys'>;

function document({ nodes, edges, orderingKey, businessKeys }: Parts): FlowDocument {
  const empty = emptyDocument();
  return { ...empty, nodes, edges, settings: { ...empty.settings, orderingKey, businessKeys } };
}

interface Look {
  label: string;
  /** Column and row of the layout, from left to right. */
  at: [number, number];
  config: Record<string, Json>;
}

function node(id: string, kind: KindName, { label, at, config }: Look): FlowNode {
  return { id, kind, kindVersion: NODE_KINDS[kind].version, label, position: { x: at[0] * column, y: Math.round(at[1] * row) }, config };
}

/** 'order.out' → the input of `to`. */
function edge(from: string, to: string): FlowEdge {
  const [node = '', port = ''] = from.split('.');
  return { id: `${node}_${port}_${to}`, from: { node, port }, to: { node: to, port: 'in' } };
}

function asJson(rules: MappingRule[]): Json {
  return parseJson(JSON.stringify(rules));
}

import { initialSettings, type FlowDocument } from '#engine/flow/document.ts';
import { parseJson, stringifyJson, type Json } from '#engine/flow/json.ts';
import { readFlow } from '#engine/flow/read-flow.ts';
import type { Mapping, MappingArgument, MappingRule } from '#engine/mapping/mapping-schema.ts';
import { referenceOrderMapping } from '#engine/mapping/reference-order-mapping.ts';
import { orderJsonata } from '../lib/jsonata.ts';
import { mappingScript } from '../lib/order-script.ts';
import type { Variant } from '../lib/system.ts';

/** A node of a chain: what is left out of its configuration takes the kind's initial value in the document's text. */
interface Link {
  id: string;
  kind: string;
  config: unknown;
  /** The port its records leave by. */
  out?: string;
}

const webhook: Link = { id: 'hook', kind: 'webhook-trigger', config: { verification: { recipe: 'none' }, connectionId: null } };

function post(connectionId: string, url: string): Link {
  const config = {
    connectionId, method: 'POST', url, query: [], headers: [], body: { mode: 'record' }, answer: { mode: 'replace' }, timeoutSeconds: 30,
    idempotencyHeader: 'Idempotency-Key',
  };
  return { id: 'post', kind: 'http-request', config };
}

const mapsBy: Record<Variant, Link> = {
  mapping: { id: 'map', kind: 'map', config: { mapping: referenceOrderMapping() } },
  jsonata: { id: 'map', kind: 'formula', config: { expression: orderJsonata('$'), target: 'replace', timeoutMs: 1_000 } },
  script: { id: 'map', kind: 'code', config: { script: `const o = record;${mappingScript}return out;`, timeoutMs: 1_000 } },
};

/** Webhook → map (20 fields, 9 a line) → POST to the sink: what the peers' flows do too. @throws when the product cannot read it */
export function ordersFlow(connectionId: string, variant: Variant = 'mapping'): FlowDocument {
  return chain([webhook, mapsBy[variant], post(connectionId, '/orders')]);
}

/** Webhook → GET pages of a thousand products → map 10 fields → filter → batches of 100 → POST. @throws when the product cannot read it */
export function productsFlow(connectionId: string): FlowDocument {
  const pages = {
    connectionId, url: '/products', query: [{ name: 'n', value: '{{n}}' }], headers: [], recordsPath: '', timeoutSeconds: 60,
    paging: { style: 'page', pageParam: 'page', firstPage: 1, sizeParam: 'size', size: 1_000, ends: 'short' },
  };
  const active = { match: 'all', rules: [{ path: 'active', operator: 'equals', value: true }] };
  return chain([
    webhook,
    { id: 'pages', kind: 'http-pages', config: pages },
    { id: 'map', kind: 'map', config: { mapping: productMapping() } },
    { id: 'filter', kind: 'filter', config: { rules: active }, out: 'kept' },
    { id: 'batch', kind: 'batch', config: { size: 100 } },
    post(connectionId, '/batches'),
  ]);
}

function productMapping(): Mapping {
  const from = (target: string, path: string, ...functions: [string, ...MappingArgument[]][]): MappingRule => ({
    id: target, target, source: { type: 'path', path }, functions: functions.map(([fn, ...args]) => ({ fn, args })), onMissing: 'skip',
  });
  return {
    rules: [
      from('articleNo', 'sku'),
      from('gtin', 'ean'),
      from('title', 'name', ['text.upper']),
      from('brand', 'brand'),
      from('group', 'category', ['text.part', ' > ', 2]),
      from('variant', 'color', ['text.join', '/', { path: 'size' }]),
      from('priceGross', 'price', ['number.multiply', 1.25], ['number.round', 2]),
      from('margin', 'price', ['number.subtract', { path: 'cost' }], ['number.round', 2]),
      from('inStock', 'stock', ['number.isAbove', 0]),
      from('active', 'active'),
    ],
  };
}

function chain(links: Link[]): FlowDocument {
  // Through text, as a stored document would come: what is undefined disappears.
  const plain = (value: unknown): Json => parseJson(JSON.stringify(value));
  const document: Json = {
    schemaVersion: 1,
    nodes: links.map(({ id, kind, config }) => ({ id, kind, kindVersion: 1, label: id, position: { x: 0, y: 0 }, config: plain(config) })),
    edges: links.slice(1).map(({ id }, index) => ({ id: `e${index}`, from: { node: links[index]?.id ?? '', port: links[index]?.out ?? 'out' }, to: { node: id, port: 'in' } })),
    // What is measured is the machine, not the cap a new flow begins with.
    settings: plain({ ...initialSettings(), concurrency: 64 }),
  };
  const read = readFlow(parseJson(stringifyJson(document)));
  if (!read.ok) throw new Error(`A flow of the benchmark cannot be read: ${JSON.stringify(read.error)}`);
  return read.doc;
}

import { orderJsonata, productJsonata } from '../lib/jsonata.ts';
import { mappingScript, productScript } from '../lib/order-script.ts';

const node = (id: string, type: string, rest: object) => ({ id, type, z: 'tab', name: '', x: 100, y: 100, ...rest });
const hook = (id: string, path: string, wires: string[]) => node(id, 'http in', { url: path, method: 'post', upload: false, swaggerDoc: '', wires: [wires] });
const answer = (id: string) => node(id, 'http response', { statusCode: '200', headers: {}, wires: [] });
const script = (id: string, func: string, to: string) => node(id, 'function', { func, outputs: 1, timeout: 0, noerr: 0, initialize: '', finalize: '', libs: [], wires: [[to]] });

function set(id: string, value: { to: string; tot: 'json' | 'jsonata' }, to: string) {
  return node(id, 'change', { rules: [{ t: 'set', p: 'payload', pt: 'msg', ...value }], wires: [[to]] });
}

function request(id: string, { method, url }: { method: 'GET' | 'POST'; url: string }, to: string[] = []) {
  const ret = method === 'GET' ? 'obj' : 'txt';
  return node(id, 'http request', { method, ret, paytoqs: 'ignore', url, tls: '', persist: true, proxy: '', insecureHTTPParser: false, authType: '', senderr: false, headers: [], wires: [to] });
}

/** A webhook that answers at once and hands on to `first`. */
function entry(name: string, first: string) {
  return [
    hook(`${name}-in`, `/${name}`, [`${name}-ack`, first]),
    set(`${name}-ack`, { to: '{"ok":true}', tot: 'json' }, `${name}-out`),
    answer(`${name}-out`),
  ];
}

/** The tab that is measured: orders by function and by JSONata, products node by node and by function. */
export function flows(sinkUrl: string) {
  return [
    { id: 'tab', type: 'tab', label: 'bench', disabled: false, info: '' },
    hook('ready-in', '/ready', ['ready-ack']),
    set('ready-ack', { to: '{"ok":true}', tot: 'json' }, 'ready-out'),
    answer('ready-out'),
    ...entry('orders', 'map'),
    script('map', `const o = msg.payload;${mappingScript}msg.payload = out; msg.headers = {};\nreturn msg;`, 'post'),
    ...entry('orders-jsonata', 'map-jsonata'),
    set('map-jsonata', { to: orderJsonata('payload'), tot: 'jsonata' }, 'post'),
    request('post', { method: 'POST', url: `${sinkUrl}/orders` }),
    ...products(sinkUrl),
  ];
}

function products(sinkUrl: string) {
  const all = `${sinkUrl}/products?n={{{req.query.n}}}`;
  const batches = `const r2 = (x) => Math.round(x * 100) / 100;
const all = msg.payload.map((p) => (${productScript})).filter((x) => x.active);
const out = [];
for (let i = 0; i < all.length; i += 100) out.push({ payload: { records: all.slice(i, i + 100) }, headers: {} });
return [out];`;
  return [
    ...entry('products-function', 'get-function'),
    request('get-function', { method: 'GET', url: all }, ['map-filter-batch']),
    script('map-filter-batch', batches, 'post-batch'),
    ...entry('products-nodes', 'get-nodes'),
    request('get-nodes', { method: 'GET', url: all }, ['split']),
    node('split', 'split', { splt: '\\n', spltType: 'str', arraySplt: 1, arraySpltType: 'len', stream: false, addname: '', property: 'payload', wires: [['map-product']] }),
    set('map-product', { to: productJsonata('payload'), tot: 'jsonata' }, 'active'),
    node('active', 'switch', { property: 'payload.active', propertyType: 'msg', rules: [{ t: 'true' }], checkall: 'true', repair: false, outputs: 1, wires: [['batch']] }),
    node('batch', 'batch', { mode: 'count', count: 100, overlap: 0, interval: 10, allowEmptySequence: false, honourParts: false, topics: [], wires: [['join']] }),
    node('join', 'join', {
      mode: 'auto', build: 'array', property: 'payload', propertyType: 'msg', key: 'topic', joiner: '\\n', joinerType: 'str', useparts: false, accumulate: false,
      timeout: '', count: '', reduceRight: false, wires: [['wrap']],
    }),
    set('wrap', { to: '{ "records": payload }', tot: 'jsonata' }, 'post-batch'),
    request('post-batch', { method: 'POST', url: `${sinkUrl}/batches` }),
  ];
}

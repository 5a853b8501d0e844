// A sender that knows nothing of the product: a process of its own that posts bytes the way the shop system does.
//   node send-shopify-webhook.mjs URL SECRET FILE [--delivery ID] [--times N] [--tamper] [--topic orders/create]
// The signature is the vendor's own code (@shopify/shopify-api), so the judge is not the accused.
// Prints one JSON line: { "statuses": { "200": n }, "answers": [first bodies], "ms": elapsed }.
import '@shopify/shopify-api/adapters/node';
import { createSHA256HMAC } from '@shopify/shopify-api/runtime';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import http from 'node:http';
import { parseArgs } from 'node:util';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    delivery: { type: 'string' },
    times: { type: 'string', default: '1' },
    tamper: { type: 'boolean', default: false },
    topic: { type: 'string', default: 'orders/create' },
    vary: { type: 'string' },
  },
});
const [url, secret, file] = positionals;
if (!url || !secret || !file) throw new Error('usage: send-shopify-webhook.mjs URL SECRET FILE');

const template = readFileSync(file, 'utf8');
const times = Number(values.times);
const agent = new http.Agent({ keepAlive: true, maxSockets: 50 });
const started = performance.now();

/** Posts once; resolves with status and body text. */
function post(body, headers) {
  return new Promise((resolve, reject) => {
    const request = http.request(url, { method: 'POST', agent, headers }, (response) => {
      const parts = [];
      response.on('data', (part) => parts.push(part));
      response.on('end', () => resolve({ status: response.statusCode, body: Buffer.concat(parts).toString('utf8') }));
    });
    request.on('error', reject);
    request.end(body);
  });
}

/** With --vary TEXT each posting replaces that text by a number of its own, of the same length. */
function bodyOf(index) {
  if (!values.vary) return template;
  return template.replaceAll(values.vary, String(BigInt(values.vary) + BigInt(index)));
}

const answers = await Promise.all(
  Array.from({ length: times }, async (_, index) => {
    const text = bodyOf(index);
    const signature = await createSHA256HMAC(secret, text);
    const body = values.tamper ? text.replace('"test"', '"Test"').replace(/\d/, (d) => String((Number(d) + 1) % 10)) : text;
    return post(Buffer.from(body), {
      'content-type': 'application/json',
      'x-shopify-topic': values.topic,
      'x-shopify-shop-domain': 'nordlicht-outdoor.myshopify.com',
      'x-shopify-api-version': '2026-10',
      'x-shopify-webhook-id': values.delivery ?? randomUUID(),
      'x-shopify-hmac-sha256': signature,
    });
  }),
);
agent.destroy();

const statuses = {};
for (const { status } of answers) statuses[status] = (statuses[status] ?? 0) + 1;
process.stdout.write(`${JSON.stringify({ statuses, answers: answers.slice(0, 3).map((a) => a.body), ms: Math.round(performance.now() - started) })}\n`);

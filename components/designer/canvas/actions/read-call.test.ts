import { describe, expect, it } from 'vitest';
import { readCall } from './read-call.ts';

describe('a curl command', () => {
  it('is read over several lines, with its quotes taken off', () => {
    const text = `curl --request POST \\
  --url 'https://erp.example/api/orders?dry=1' \\
  -H "Content-Type: application/json" -H 'X-Trace: it'\\''s' \\
  --data-raw '{
    "sku": "A\\"B",
    "lines": [1]
  }'`;
    expect(readCall(text)).toEqual({
      method: 'POST',
      url: 'https://erp.example/api/orders?dry=1',
      headers: [{ name: 'Content-Type', value: 'application/json' }, { name: 'X-Trace', value: 'it\'s' }],
      body: '{\n    "sku": "A\\"B",\n    "lines": [1]\n  }',
    });
  });

  it.each([
    ['curl https://shop.example/products', 'GET', 'https://shop.example/products'],
    ['$ curl -sSL shop.example/products', 'GET', 'https://shop.example/products'],
    ['curl -d a=1 -d b=2 https://shop.example', 'POST', 'https://shop.example'],
    ['curl -XPUT https://shop.example/1 -d "{}"', 'PUT', 'https://shop.example/1'],
    ['curl --request=delete https://shop.example/1', 'DELETE', 'https://shop.example/1'],
    ['curl -I https://shop.example', 'HEAD', 'https://shop.example'],
    ['curl -u key:secret -o out.json http://127.0.0.1:3002/erp/api', 'GET', 'http://127.0.0.1:3002/erp/api'],
    ['curl localhost:3002/erp', 'GET', 'https://localhost:3002/erp'],
  ])('%s', (text, method, url) => {
    expect(readCall(text)).toMatchObject({ method, url });
  });

  it('keeps a backslash between double quotes where the shell does', () => {
    expect(readCall(String.raw`curl https://a.example -d "{\"re\":\"\\d\", \"t\":\"a\tb\"}"`)?.body).toBe(String.raw`{"re":"\d", "t":"a\tb"}`);
  });

  it.each(['', 'curl', 'curl -X POST', 'wget https://shop.example', '{"a":1}', 'curl \'https://shop.example', 'curling is a sport'])('is not: %s', (text) => {
    expect(readCall(text)).toBeNull();
  });
});

import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { expect, test } from 'vitest';

const ENGINE = new URL('../..', import.meta.url).pathname;

/** What can open a connection to somewhere, and who may use it for what. */
const DOORS: { what: RegExp; may: RegExp }[] = [
  // Besides the guard: the operator's own trace collector, which no flow can name.
  { what: /^import (?!type )[^;]*from '(undici|node:https|https|node:http2|http2|node:tls|tls|node:dgram|axios|got|node-fetch)'/m, may: /^host\/(egress\/(pools|exchange-http)|telemetry\/tracing)\.ts$/ },
  { what: /^import (?!type )\{(?!\s*createServer\b)[^}]*\} from '(node:)?http'/m, may: /^launch\// },
  // The sandbox's pipe, the socket to Postgres, the doctor's look at our own ports.
  { what: /^import (?!type )[^;]*from '(node:)?net'/m, may: /^(host\/egress\/|launch\/|sandbox\/frames\.ts$|host\/live-socket\.ts$|host\/doctor\/)/ },
  { what: /(?<![.\w])fetch\(|new (WebSocket|EventSource|XMLHttpRequest)\(/, may: /^launch\// },
  // Who may ask the guard: the call port of the interpreter and "test connection".
  { what: /\bcallHttp\(/, may: /^host\/(egress\/|trial\/test-connection\.ts$)/ },
];

test('calls to the outside leave through the egress guard only', async () => {
  const trespassers: string[] = [];
  for (const entry of await readdir(ENGINE, { recursive: true, withFileTypes: true })) {
    const path = relative(ENGINE, join(entry.parentPath, entry.name));
    if (!/\.(ts|js|mjs)$/.test(path) || /\.test\.ts$|^testing\/|\/testing\//.test(path)) continue;
    const source = await readFile(join(ENGINE, path), 'utf8');
    for (const { what, may } of DOORS) if (what.test(source) && !may.test(path)) trespassers.push(`${path}: ${what.exec(source)?.[0]}`);
  }
  expect(trespassers).toEqual([]);
});

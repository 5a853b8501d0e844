import { z } from 'zod';
import { errorIn } from './checks.ts';
import { defineNode } from './node-kind.ts';

const config = z.strictObject({});

/** Begins a part of the flow whose failures are taken care of in the flow itself. */
export const tryNode = defineNode<z.infer<typeof config>>({
  kind: 'try',
  version: 1,
  group: 'failure',
  icon: 'life-buoy',
  config,
  initial: () => ({}),
  ports: () => ({
    inputs: [{ id: 'in', type: 'any' }],
    outputs: [
      { id: 'body', type: 'any' },
      { id: 'failed', type: 'record' },
    ],
  }),
  summary: () => ({ key: 'region' }),
  check(_config, scope) {
    const joined = (port: string): boolean => scope.doc.edges.some(({ from }) => from.node === scope.node.id && from.port === port);
    return [...(joined('body') ? [] : [errorIn(scope, 'try_without_body')]), ...(joined('failed') ? [] : [errorIn(scope, 'try_without_failed')])];
  },
  passThrough: true,
  effect: 'none',
  catches: { body: 'body', failed: 'failed' },
  execute: ({ records }) => ({ outputs: { body: records }, failures: [] }),
});

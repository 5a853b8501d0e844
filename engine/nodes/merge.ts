import { z } from 'zod';
import { defineNode } from './node-kind.ts';

const config = z.strictObject({});

/** Puts two streams of records one after the other. */
export const merge = defineNode<z.infer<typeof config>>({
  kind: 'merge',
  version: 1,
  group: 'logic',
  icon: 'merge',
  config,
  initial: () => ({}),
  ports: () => ({
    inputs: [
      { id: 'a', type: 'record' },
      { id: 'b', type: 'record' },
    ],
    outputs: [{ id: 'out', type: 'record' }],
  }),
  summary: () => ({ key: 'append' }),
  check: () => [],
  effect: 'none',
  execute({ inputs }) {
    // The same record may come on both ways; without a key of its own its second effect would count as done.
    const second = (inputs['b'] ?? []).map(({ key, data }) => ({ key: `${key}.b`, data }));
    return { outputs: { out: [...(inputs['a'] ?? []), ...second] }, failures: [] };
  },
});

import { z } from 'zod';
import { defineNode } from './node-kind.ts';

const config = z.strictObject({
  text: z.string().max(5_000).meta({ field: { kind: 'textarea' } }),
});

export type NoteConfig = z.infer<typeof config>;

/** Words on the canvas; never runs. */
export const note = defineNode<NoteConfig>({
  kind: 'note',
  version: 1,
  group: 'annotation',
  icon: 'sticky-note',
  config,
  initial: () => ({ text: '' }),
  ports: () => ({ inputs: [], outputs: [] }),
  summary: ({ text }) => ({ key: 'text', params: { text } }),
  check: () => [],
  effect: 'none',
  execute: () => ({ outputs: {}, failures: [] }),
});

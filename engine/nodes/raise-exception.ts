import { z } from 'zod';
import { compileTemplate, type Template } from '../flow/template.ts';
import { checkTemplate, errorIn } from './checks.ts';
import { defineNode } from './node-kind.ts';

const config = z.strictObject({
  message: z.string().max(1_000).meta({ field: { kind: 'textarea', template: true, help: true } }),
  class: z.enum(['data', 'bug', 'transient']).meta({ field: { kind: 'select', help: true } }),
});

export type RaiseExceptionConfig = z.infer<typeof config>;

/** Hands each record to a person, with the reason. */
export const raiseException = defineNode<RaiseExceptionConfig, Template | null>({
  kind: 'raise-exception',
  version: 1,
  group: 'failure',
  icon: 'octagon-alert',
  config,
  initial: () => ({ message: '', class: 'data' }),
  ports: () => ({ inputs: [{ id: 'in', type: 'any' }], outputs: [] }),
  summary: ({ message }) => (message.trim() === '' ? { key: 'empty' } : { key: 'message', params: { message } }),
  check({ message }, scope) {
    if (message.trim() === '') return [errorIn(scope, 'message_empty', { field: 'message' })];
    return checkTemplate(scope, 'message', message);
  },
  prepare({ message }) {
    const result = compileTemplate(message);
    return result.ok ? result.template : null;
  },
  effect: 'none',
  execute({ config: { message, class: failureClass }, prepared, records }) {
    const failures = records.map((record) => {
      const text = prepared?.render(record.data) ?? message;
      return { record, class: failureClass, code: 'raised', message: text, params: { message: text } };
    });
    return { outputs: {}, failures };
  },
});

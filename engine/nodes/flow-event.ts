import { z } from 'zod';
import { errorIn } from './checks.ts';
import { mapLimited } from './map-limited.ts';
import { defineNode } from './node-kind.ts';
import type { DataRecord, RecordFailure } from './step.ts';
import { checkTopic, topicSchema } from './topic.ts';

const AT_ONCE = 8;

const config = z.strictObject({ topic: topicSchema.meta({ field: { kind: 'topic', help: true, placeholder: 'order.paid' } }) });

export type FlowEventConfig = z.infer<typeof config>;

/** Tells all flows of the retailer that listen to a topic; they run by themselves. */
export const flowEvent = defineNode<FlowEventConfig>({
  kind: 'flow-event',
  version: 1,
  group: 'action',
  icon: 'megaphone',
  config,
  initial: () => ({ topic: '' }),
  ports: () => ({ inputs: [{ id: 'in', type: 'any' }], outputs: [{ id: 'out', type: 'any' }] }),
  summary: ({ topic }) => (topic === '' ? { key: 'empty' } : { key: 'topic', params: { topic } }),
  check({ topic }, scope) {
    if (topic.trim() === '') return [errorIn(scope, 'topic_empty', { field: 'topic' })];
    const problems = checkTopic(scope, topic);
    // A flow that hears itself would never come to rest.
    const hears = scope.doc.nodes.some(({ kind, config: other }) => kind === 'flow-trigger' && other['topic'] === topic.trim());
    return hears ? [...problems, errorIn(scope, 'topic_heard_here', { field: 'topic', params: { topic } })] : problems;
  },
  passThrough: true,
  effect: 'state',
  async execute({ config: { topic }, records, ports }) {
    const answers = await mapLimited(records, AT_ONCE, ({ key, data }) => ports.state.publish({ recordKey: key, topic: topic.trim(), data }));
    const told: DataRecord[] = [];
    const failures: RecordFailure[] = [];
    records.forEach((record, index) => {
      const answer = answers[index];
      if (answer?.state === 'failed') failures.push({ record, class: 'data', code: answer.code, message: answer.message });
      else told.push(record);
    });
    const unheard = answers.length > 0 && answers.every((answer) => answer.state === 'published' && answer.listeners === 0);
    return { outputs: { out: told }, failures, logs: unheard ? [`${topic}: no live flow listens`] : [] };
  },
});

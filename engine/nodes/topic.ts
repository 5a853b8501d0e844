import { z } from 'zod';
import type { Problem } from '../flow/problem.ts';
import { errorIn } from './checks.ts';
import type { NodeCheckScope } from './node-kind.ts';

const TOPIC = /^[a-z0-9][a-z0-9_-]*(?:\.[a-z0-9_-]+)*$/;

export const topicSchema = z.string().max(100);

/** Topics are written in one way only, so that what one flow says is what the other one hears. */
export function checkTopic(scope: NodeCheckScope, topic: string): Problem[] {
  return TOPIC.test(topic.trim()) ? [] : [errorIn(scope, 'topic_invalid', { field: 'topic', params: { topic } })];
}

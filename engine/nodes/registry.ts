import { batch } from './batch.ts';
import { branch } from './branch.ts';
import { code } from './code.ts';
import { filter } from './filter.ts';
import { httpRequest } from './http-request.ts';
import { manualTrigger } from './manual-trigger.ts';
import { map } from './map.ts';
import type { NodeKind } from './node-kind.ts';
import { note } from './note.ts';
import { raiseException } from './raise-exception.ts';
import { scheduleTrigger } from './schedule-trigger.ts';
import { split } from './split.ts';
import { webhookTrigger } from './webhook-trigger.ts';

/** Every node kind, in the order of the palette. A new kind is one file, one line here and one scenario. */
export const NODE_KINDS = {
  'webhook-trigger': webhookTrigger,
  'schedule-trigger': scheduleTrigger,
  'manual-trigger': manualTrigger,
  map,
  split,
  batch,
  code,
  filter,
  branch,
  'http-request': httpRequest,
  'raise-exception': raiseException,
  note,
} satisfies Record<string, NodeKind>;

export type KindName = keyof typeof NODE_KINDS;

const BY_NAME: ReadonlyMap<string, NodeKind> = new Map(Object.entries<NodeKind>(NODE_KINDS));

/** The kinds as a list, in the order of the palette. */
export const nodeKinds: readonly NodeKind[] = [...BY_NAME.values()];

export function findNodeKind(kind: string): NodeKind | undefined {
  return BY_NAME.get(kind);
}

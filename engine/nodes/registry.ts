import { apiTrigger } from './api-trigger.ts';
import { approval } from './approval.ts';
import { batch } from './batch.ts';
import { branch } from './branch.ts';
import { code } from './code.ts';
import { collect } from './collect.ts';
import { compensate } from './compensate.ts';
import { crossReference } from './cross-reference.ts';
import { debounce } from './debounce.ts';
import { dedupe } from './dedupe.ts';
import { filter } from './filter.ts';
import { flowCall } from './flow-call.ts';
import { flowEvent } from './flow-event.ts';
import { flowTrigger } from './flow-trigger.ts';
import { flowVariable } from './flow-variable.ts';
import { formula } from './formula.ts';
import { httpPages } from './http-pages.ts';
import { httpRequest } from './http-request.ts';
import { join } from './join.ts';
import { lookupTable } from './lookup-table.ts';
import { manualTrigger } from './manual-trigger.ts';
import { map } from './map.ts';
import { merge } from './merge.ts';
import type { NodeKind } from './node-kind.ts';
import { note } from './note.ts';
import { pollTrigger } from './poll-trigger.ts';
import { raiseException } from './raise-exception.ts';
import { respond } from './respond.ts';
import { scheduleTrigger } from './schedule-trigger.ts';
import { split } from './split.ts';
import { tryNode } from './try.ts';
import { validate } from './validate.ts';
import { wait } from './wait.ts';
import { webhookTrigger } from './webhook-trigger.ts';

/** Every node kind, in the order of the palette. A new kind is one file, one line here and one scenario. */
export const NODE_KINDS = {
  'webhook-trigger': webhookTrigger,
  'api-trigger': apiTrigger,
  'poll-trigger': pollTrigger,
  'schedule-trigger': scheduleTrigger,
  'flow-trigger': flowTrigger,
  'manual-trigger': manualTrigger,
  'http-request': httpRequest,
  'http-pages': httpPages,
  'flow-call': flowCall,
  'flow-event': flowEvent,
  respond,
  map,
  formula,
  code,
  split,
  batch,
  collect,
  filter,
  branch,
  validate,
  dedupe,
  merge,
  join,
  'lookup-table': lookupTable,
  'cross-reference': crossReference,
  'flow-variable': flowVariable,
  wait,
  debounce,
  approval,
  'try': tryNode,
  compensate,
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

import { uuidv7 } from 'uuidv7';
import type { Tx } from '../database.ts';
import { AppError } from '../errors/app-error.ts';
import { isUniqueViolation } from '../errors/database-errors.ts';
import { findEvent } from '../repositories/event.ts';
import { namesOf } from '../repositories/people.ts';
import * as samples from '../repositories/sample.ts';
import type { SampleRow } from '../repositories/sample.ts';
import type { Scope } from '../tenancy/scope.ts';
import type { RecentEvent, SampleView } from '../views/sample.ts';
import { checkBody } from './flow-document.ts';
import { nameIn, requireFlow } from './flow.ts';

/** Bytes of one sample, and of all of a trigger: they are sent to the designer together. */
export const maxSample = 1_000_000;
export const maxSamplesBytes = 5_000_000;
export const maxSamples = 50;
/** Bytes of past events that are sent at once. */
const maxRecentBytes = 3_000_000;

export function listSamples(scope: Scope, input: { flowId: string; nodeId?: string }): Promise<SampleView[]> {
  return scope.read(async (tx) => {
    await requireFlow(tx, input.flowId);
    const rows = await samples.listSamples(tx, input);
    const names = await namesOf(tx, rows.map(({ createdBy }) => createdBy));
    return rows.map(({ id, nodeId, name, bodyText, eventId, createdBy, createdAt }) => ({ id, nodeId, name, bodyText, eventId, createdAt: createdAt.toISOString(), createdByName: nameIn(names, createdBy) }));
  });
}

/** The newest real events of a trigger with their bodies, for samples and evidence. */
export function recentEvents(scope: Scope, input: { flowId: string; nodeId: string; limit: number }): Promise<RecentEvent[]> {
  return scope.read(async (tx) => {
    await requireFlow(tx, input.flowId);
    const rows = await samples.recentBodies(tx, { ...input, bytes: maxRecentBytes });
    return rows.map(({ receivedAt, ...row }) => ({ ...row, receivedAt: receivedAt.toISOString() }));
  });
}

export interface PinInput {
  flowId: string;
  nodeId: string;
  name: string;
  bodyText: string;
  eventId?: string;
}

/**
 * Keeps a sample under a name.
 * @throws AppError `invalid` when it is not JSON; `too_large` for a sample of more than 1 MB, or when the trigger has enough of them;
 * `conflict` when the name is taken; `not_found` for an event of another flow
 */
export function pinSample(scope: Scope, input: PinInput): Promise<{ id: string }> {
  checkBody(input.bodyText);
  const bytes = Buffer.byteLength(input.bodyText);
  if (bytes > maxSample) throw new AppError('too_large', { reason: 'sample', bytes, most: maxSample });
  const id = uuidv7();
  return refusingTakenName(input.name, () =>
    scope.write(async (tx) => {
      // Locked, so that two who pin at once do not both fit under the cap.
      const flow = await requireFlow(tx, input.flowId, { lock: true });
      if (input.eventId !== undefined) await requireEvent(tx, input.flowId, input.eventId);
      const sum = await samples.sumSamples(tx, input);
      if (sum.count >= maxSamples || sum.bytes + bytes > maxSamplesBytes) throw new AppError('too_large', { reason: 'samples', count: sum.count });
      await samples.insertSample(tx, {
        id,
        retailerId: flow.retailerId,
        flowId: flow.id,
        nodeId: input.nodeId,
        name: input.name,
        body: input.bodyText,
        eventId: input.eventId ?? null,
        createdBy: scope.actor.id,
      });
      scope.note({ sampleId: id });
      return { id };
    }),
  );
}

export function renameSample(scope: Scope, input: { sampleId: string; name: string }): Promise<{ id: string }> {
  return refusingTakenName(input.name, () =>
    scope.write(async (tx) => {
      const { id } = await requireSample(tx, input.sampleId);
      await samples.renameSample(tx, id, input.name);
      return { id };
    }),
  );
}

export function removeSample(scope: Scope, sampleId: string): Promise<{ id: string }> {
  return scope.write(async (tx) => {
    const { id, name } = await requireSample(tx, sampleId);
    await samples.deleteSample(tx, id);
    scope.note({ name });
    return { id };
  });
}

async function requireSample(tx: Tx, id: string): Promise<SampleRow> {
  const row = await samples.findSample(tx, id);
  if (row === null) throw new AppError('not_found', { reason: 'sample' });
  return row;
}

async function requireEvent(tx: Tx, flowId: string, eventId: string): Promise<void> {
  const event = await findEvent(tx, eventId);
  if (event === null || event.flowId !== flowId) throw new AppError('not_found', { reason: 'event' });
}

async function refusingTakenName<T>(name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (isUniqueViolation(error, 'sample_name_key')) throw new AppError('conflict', { reason: 'name_taken', field: 'name', name });
    throw error;
  }
}

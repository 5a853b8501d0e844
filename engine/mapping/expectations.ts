import { z } from 'zod';
import { isRawNumber, isRecord, jsonSchema, type Json } from '../flow/json.ts';
import { getPath, parsePath } from '../flow/path.ts';
import { compareNumbers } from './decimal.ts';
import type { Mapping } from './mapping-schema.ts';
import { previewMapping, previewWithFormulas, type MappingPreview, type PreviewOptions } from './preview-mapping.ts';

/** What a mapping must give for a pinned sample in one place, so that a change that alters it is seen. */
export interface Expectation {
  id: string;
  /** A pinned sample of the node. */
  sampleId: string;
  /** Place in the output, items by position: `lines[0].sku`. */
  target: string;
  /** Null: the place stays empty. */
  value: Json | null;
}

export const MAX_EXPECTATIONS = 500;

export const expectationSchema: z.ZodType<Expectation> = z.strictObject({
  id: z.string().min(1).max(64),
  sampleId: z.string().min(1).max(100),
  target: z.string().min(1).max(500),
  value: jsonSchema,
});

/** A pinned sample, as it arrives at the node. */
export interface PinnedSample {
  id: string;
  data: Json;
}

export interface ExpectationResult {
  expectation: Expectation;
  /** `unknown`: the sample is gone, or what the place depends on is not worked out here (formulas, tables). */
  state: 'held' | 'broken' | 'unknown';
  /** What the place holds; null where it is empty. */
  actual: Json;
}

/** Looks at every expectation; formulas stay unknown, lookups too unless `tables` are given. */
export function checkExpectations(
  mapping: Mapping,
  expectations: readonly Expectation[],
  { samples, ...options }: { samples: readonly PinnedSample[] } & PreviewOptions,
): ExpectationResult[] {
  const wanted = samples.filter(({ id }) => expectations.some(({ sampleId }) => sampleId === id));
  const previews = new Map(wanted.map(({ id, data }) => [id, previewMapping(mapping, data, options)]));
  return expectations.map((expectation) => judge(expectation, previews.get(expectation.sampleId)));
}

/** The same with formulas, which `formulas` runs (the page's worker). */
export async function checkExpectationsWith(
  mapping: Mapping,
  expectations: readonly Expectation[],
  { samples, ...options }: { samples: readonly PinnedSample[] } & Parameters<typeof previewWithFormulas>[2],
): Promise<ExpectationResult[]> {
  const wanted = samples.filter(({ id }) => expectations.some(({ sampleId }) => sampleId === id));
  const made = await previewWithFormulas(mapping, wanted.map(({ data }) => data), options);
  const previews = new Map(wanted.map(({ id }, at) => [id, made[at]]));
  return expectations.map((expectation) => judge(expectation, previews.get(expectation.sampleId)));
}

/** What an expectation says of a preview of its sample. */
export function judge(expectation: Expectation, preview: MappingPreview | undefined): ExpectationResult {
  const path = parsePath(expectation.target);
  if (preview === undefined || path === null) return { expectation, state: 'unknown', actual: null };
  const actual = getPath(preview.output, path) ?? null;
  if (isEqual(actual, expectation.value)) return { expectation, state: 'held', actual };
  const waits = Object.values(preview.rules).some(({ outcomes }) => outcomes.some((outcome) => outcome.state === 'skipped' && outcome.reason === 'pending'));
  return { expectation, state: waits ? 'unknown' : 'broken', actual };
}

/** The same JSON; numbers however they are written, keys in any order. */
function isEqual(left: Json, right: Json): boolean {
  if (left === right) return true;
  if (isNumber(left) && isNumber(right)) return compareNumbers(left, right) === 0;
  if (Array.isArray(left)) return Array.isArray(right) && left.length === right.length && left.every((item, at) => isEqual(item, right[at] ?? null));
  if (!isRecord(left) || !isRecord(right)) return false;
  const keys = Object.keys(left);
  return keys.length === Object.keys(right).length && keys.every((key) => Object.hasOwn(right, key) && isEqual(left[key] ?? null, right[key] ?? null));
}

function isNumber(value: Json): boolean {
  return typeof value === 'number' || typeof value === 'bigint' || isRawNumber(value);
}

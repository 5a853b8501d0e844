'use client';

import { useDeferredValue, useMemo } from 'react';
import type { NodeSample } from '#components/designer/samples/sample-list.ts';
import { sameValue } from '#components/schema-form/json-value.ts';
import type { Json } from '#engine/flow/json.ts';
import { parsePath } from '#engine/flow/path.ts';
import type { Expectation } from '#engine/mapping/expectations.ts';
import type { Mapping } from '#engine/mapping/mapping-schema.ts';
import { cellAt } from '../model/cells.ts';
import type { Verdict } from './room-data.ts';

type Outputs = (mapping: Mapping, sample: NodeSample) => Json;

/** Compares every pinned cell with what the mapping gives now; typing goes first, this follows. */
export function useVerdicts(expectations: readonly Expectation[], mapping: Mapping, samples: readonly NodeSample[], outputOf: Outputs): readonly Verdict[] {
  const calm = useDeferredValue(mapping);
  return useMemo(() => {
    const outputs = new Map<string, Json>();
    return expectations.map((expectation): Verdict => {
      const sample = samples.find(({ id }) => id === expectation.sampleId);
      if (sample === undefined) return { expectation, state: 'unknown', now: undefined };
      const output = outputs.get(sample.id) ?? outputOf(calm, sample);
      outputs.set(sample.id, output);
      const now = cellAt(output, parsePath(expectation.target) ?? []);
      const met = now === undefined ? expectation.value === null : sameValue(now, expectation.value);
      return { expectation, state: met ? 'met' : 'broken', now };
    });
  }, [expectations, calm, samples, outputOf]);
}

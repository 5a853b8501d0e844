'use client';

import { useDeferredValue, useEffect, useMemo, useState } from 'react';
import type { NodeSample } from '#components/designer/samples/sample-list.ts';
import { checkExpectations, checkExpectationsWith, type Expectation, type ExpectationResult } from '#engine/mapping/expectations.ts';
import type { Mapping } from '#engine/mapping/mapping-schema.ts';
import { browserFormulas } from '#engine/mapping/preview/start-formula-worker.ts';
import { hasFormulas, type PreviewTables } from '#engine/mapping/preview-mapping.ts';

interface Asked {
  mapping: Mapping;
  expectations: readonly Expectation[];
  samples: readonly NodeSample[];
  tables: PreviewTables;
}

const NONE: readonly ExpectationResult[] = [];

/** Compares every pinned cell with what the mapping gives now; typing goes first, this follows. */
export function useVerdicts({ mapping, expectations, samples, tables }: Asked): readonly ExpectationResult[] {
  const calm = useDeferredValue(mapping);
  const asks = useMemo(() => expectations.length > 0 && hasFormulas(calm), [expectations, calm]);
  const direct = useMemo(() => (expectations.length === 0 ? NONE : checkExpectations(calm, expectations, { samples, tables })), [expectations, calm, samples, tables]);
  const [worked, setWorked] = useState<{ of: readonly ExpectationResult[]; results: readonly ExpectationResult[] } | null>(null);
  useEffect(() => {
    if (!asks) return undefined;
    let stopped = false;
    void checkExpectationsWith(calm, expectations, { samples, tables, formulas: browserFormulas() }).then((results) => {
      if (!stopped) setWorked({ of: direct, results });
    });
    return () => {
      stopped = true;
    };
  }, [asks, calm, expectations, samples, tables, direct]);
  return asks && worked !== null && worked.results.length === direct.length ? worked.results : direct;
}

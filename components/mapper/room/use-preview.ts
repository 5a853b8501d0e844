'use client';

import { useEffect, useMemo, useState } from 'react';
import type { NodeSample } from '#components/designer/samples/sample-list.ts';
import type { Mapping } from '#engine/mapping/mapping-schema.ts';
import { browserFormulas } from '#engine/mapping/preview/start-formula-worker.ts';
import { hasFormulas, type MappingPreview, previewMapping, type PreviewTables, previewWithFormulas, type RulePreview } from '#engine/mapping/preview-mapping.ts';

interface Worked {
  mapping: Mapping;
  sample: NodeSample;
  tables: PreviewTables;
  preview: MappingPreview;
}

/** The result of a mapping for the chosen sample, by the engine's own compiler. Formulas follow from their worker; until then they show what they last gave. */
export function usePreview(mapping: Mapping, sample: NodeSample | null, tables: PreviewTables): MappingPreview | null {
  const [worked, setWorked] = useState<Worked | null>(null);
  const asks = useMemo(() => hasFormulas(mapping), [mapping]);
  const preview = useMemo(() => (sample === null ? null : previewMapping(mapping, sample.data, { tables })), [mapping, sample, tables]);
  useEffect(() => {
    if (!asks || sample === null) return undefined;
    let stopped = false;
    void previewWithFormulas(mapping, [sample.data], { tables, formulas: browserFormulas() }).then(([made]) => {
      if (!stopped && made !== undefined) setWorked({ mapping, sample, tables, preview: made });
    });
    return () => {
      stopped = true;
    };
  }, [asks, mapping, sample, tables]);
  return useMemo(() => {
    if (!asks || preview === null || worked === null || worked.sample !== sample) return preview;
    if (worked.mapping === mapping && worked.tables === tables) return worked.preview;
    const rules = Object.entries(preview.rules).map(([id, rule]): [string, RulePreview] => [id, isPending(rule) ? (worked.preview.rules[id] ?? rule) : rule]);
    return { ...preview, rules: Object.fromEntries(rules) };
  }, [asks, preview, worked, sample, mapping, tables]);
}

function isPending({ outcomes }: RulePreview): boolean {
  return outcomes.some((outcome) => outcome.state === 'skipped' && outcome.reason === 'pending');
}

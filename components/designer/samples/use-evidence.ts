import { useEffect, useState } from 'react';
import type { FieldEvidence } from '#engine/schema/evidence.ts';
import { useDesigner, useDesignerStore } from '../use-designer.ts';
import { askEvidence } from './ask-evidence.ts';
import { evidenceRequest } from './evidence-request.ts';
import { type SourceSample, type Steps, testRecords } from './sample-list.ts';
import { useSources } from './use-sources.ts';
import { type Way, wayTo } from './way.ts';

const NONE: readonly FieldEvidence[] = [];
/** While somebody types, nothing is gathered. */
const CALM_MS = 200;

interface Kept {
  sources: readonly SourceSample[];
  steps: Steps | null;
  evidence: readonly FieldEvidence[];
}

const kept = new WeakMap<Way, Kept>();
let asked = 0;

/**
 * What up to fifty real events say about the fields that arrive at a node; where there are none, what was pasted, or the last test.
 * Gathered beside the page; what was known before stays until then.
 */
export function useEvidence(nodeId: string): readonly FieldEvidence[] {
  const store = useDesignerStore();
  const way = useDesigner((state) => wayTo(state.doc, nodeId));
  const steps = useDesigner((state) => state.test?.steps ?? null);
  const { list: sources } = useSources(way.triggers);
  const [, draw] = useState(0);
  const known = kept.get(way);
  useEffect(() => {
    const before = kept.get(way);
    if (before !== undefined && before.sources === sources && before.steps === steps) return;
    let stopped = false;
    const timer = setTimeout(() => {
      const tested = testRecords(way, steps).map(({ data }) => data);
      const request = evidenceRequest((asked += 1), { way, doc: store.getState().doc, sources, tested });
      void askEvidence(request).then((evidence) => {
        kept.set(way, { sources, steps, evidence });
        if (!stopped) draw((count) => count + 1);
      });
    }, CALM_MS);
    return () => {
      stopped = true;
      clearTimeout(timer);
    };
  }, [store, way, sources, steps]);
  return known?.evidence ?? NONE;
}

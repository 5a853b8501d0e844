import { useFormatter, useTranslations } from 'next-intl';
import { useEffect } from 'react';
import { type EdgeLabel, setEdgeLabels } from '../canvas/canvas-ui.ts';
import { useDesigner, useDesignerStore } from '../use-designer.ts';
import { countRecords } from './read-records.ts';

/** Writes on every edge how many records went along it, in the last test or in the run that is looked at. */
export function useEdgeData(): void {
  const t = useTranslations('samples');
  const format = useFormatter();
  const store = useDesignerStore();
  const edges = useDesigner((state) => state.doc.edges);
  const tested = useDesigner((state) => state.test?.steps ?? null);
  const run = useDesigner((state) => state.run);
  useEffect(() => {
    const countsOf = (nodeId: string): Readonly<Record<string, number>> | undefined => {
      if (run !== null) return run.steps.get(nodeId)?.outputs;
      const text = tested?.get(nodeId)?.outputsText;
      return text === undefined ? undefined : countRecords(text);
    };
    const labels = new Map<string, EdgeLabel>();
    for (const { id, from } of edges) {
      const counts = countsOf(from.node);
      if (counts === undefined) continue;
      const count = counts[from.port] ?? 0;
      labels.set(id, { text: format.number(count), name: t('edgeRecords', { count }), tone: 'plain' });
    }
    if (labels.size > 0 || store.getState().canvas.edgeLabels.size > 0) setEdgeLabels(store, labels);
  }, [store, edges, tested, run, t, format]);
}

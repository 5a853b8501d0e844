import { useTranslations } from 'next-intl';
import type { EdgeEnd, Position } from '#engine/flow/document.ts';
import { planAddNode } from './add-node.ts';
import { indexOf } from './doc-index.ts';
import { newNode } from './new-node.ts';
import { useDesignerStore } from './use-designer.ts';

export interface AddPlace {
  at?: Position;
  from?: EdgeEnd;
}

/** Adds a node of a kind: at a place, at the end of an edge being drawn, or after the selected node. Selects it. */
export function useAddNode(): (kind: string, place?: AddPlace) => void {
  const store = useDesignerStore();
  const t = useTranslations('nodes');
  return (kind, place = {}) => {
    const { doc, selectedNodes, apply, select } = store.getState();
    const node = newNode(doc, kind, t(`${kind}.label`));
    if (node === undefined) return;
    const [only] = selectedNodes;
    const after = place.at === undefined && only !== undefined && selectedNodes.length === 1 ? indexOf(doc).node(only) : undefined;
    const plan = planAddNode(doc, { node, at: place.at, after, from: place.from });
    if (apply(plan.op)) select([plan.nodeId]);
  };
}

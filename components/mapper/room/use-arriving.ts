'use client';

import { indexOf } from '#components/designer/doc-index.ts';
import { useDesigner } from '#components/designer/use-designer.ts';
import type { SchemaDoc } from '#engine/schema/schema-doc.ts';
import { readSchemaDoc } from './read-schema-doc.ts';

/** The schema of what arrives at a node, where the node before it says: a trigger by its own schema, a mapping by its target. */
export function useArriving(nodeId: string): SchemaDoc | null {
  return useDesigner(({ doc }) => {
    const index = indexOf(doc);
    const [edge] = index.incoming(nodeId);
    const from = edge === undefined ? undefined : index.node(edge.from.node);
    return from === undefined ? null : readSchemaDoc(from.config[from.kind === 'map' ? 'target' : 'schema']);
  });
}

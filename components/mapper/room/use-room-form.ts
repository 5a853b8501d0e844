'use client';

import { useMemo } from 'react';
import { useConnections } from '#components/designer/use-connections.ts';
import { useDesigner } from '#components/designer/use-designer.ts';
import { useFlows, useLookupTables } from '#components/designer/use-surroundings.ts';
import type { FormWorld } from '#components/schema-form/form-world.ts';
import type { Json } from '#engine/flow/json.ts';
import type { Problem } from '#engine/flow/problem.ts';

const NO_PROBLEMS: readonly Problem[] = [];

/** What fields of the room may know of the world, as in the inspector's form of the same node. */
export function useRoomForm(nodeId: string, sample: Json | undefined): FormWorld {
  const retailerId = useDesigner((state) => state.retailerId);
  const flowId = useDesigner((state) => state.flowId);
  const readOnly = useDesigner((state) => state.readOnly);
  const nodes = useDesigner((state) => state.doc.nodes);
  const problems = useDesigner((state) => state.problemsByNode.get(nodeId) ?? NO_PROBLEMS);
  const connections = useConnections(retailerId);
  const flows = useFlows(retailerId);
  const tables = useLookupTables(retailerId);
  return useMemo(
    () => ({ kind: 'map', nodeId, retailerId, connections, flows, flowId, tables, nodes, problems, sample, readOnly }),
    [nodeId, retailerId, connections, flows, flowId, tables, nodes, problems, sample, readOnly],
  );
}

'use client';

import type { SchemaDoc } from '#engine/schema/schema-doc.ts';

/** The schema of what arrives at a node, where the nodes before it say. */
export function useArriving(_nodeId: string): SchemaDoc | null {
  return null;
}

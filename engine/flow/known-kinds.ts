import { findNodeKind } from '../nodes/registry.ts';

/** True where this code has the node kind, and at least in that version. */
export function isKnownKind(kind: string, version: number): boolean {
  const found = findNodeKind(kind);
  return found !== undefined && version <= found.version;
}

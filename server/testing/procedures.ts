import type { AnyTRPCRouter } from '@trpc/server';
import type { ProcedureMeta } from '../api/trpc.ts';

export interface ProcedureDefinition {
  type: string;
  meta?: ProcedureMeta;
  inputs: unknown[];
}

/** Every procedure of a router by its full path, as it is at run time (tRPC keeps them in one flat table). */
export function proceduresOf(router: AnyTRPCRouter): { path: string; definition: ProcedureDefinition }[] {
  const table: Record<string, { _def: ProcedureDefinition }> = router._def.procedures;
  return Object.entries(table).map(([path, procedure]) => ({ path, definition: procedure._def }));
}

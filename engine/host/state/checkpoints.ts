import { parseJson } from '#engine/flow/json.ts';
import type { Checkpoint } from '#engine/nodes/step.ts';
import type { AnySql } from '../database.ts';

/** The version of a checkpoint that counts; null when it was never set. */
export async function readCheckpoint(sql: AnySql, of: { flowId: string; environment: string; name: string }): Promise<Checkpoint | null> {
  const [row] = await sql<{ version: number; value: string }[]>`
    select version, value from checkpoint where flow_id = ${of.flowId} and environment = ${of.environment} and name = ${of.name}
    order by version desc limit 1`;
  return row ? { value: parseJson(row.value), version: row.version } : null;
}

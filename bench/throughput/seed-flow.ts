import type { Sql } from '#drizzle/client.ts';
import { hashFlow } from '#engine/flow/hash.ts';
import { stringifyJson, parseJson } from '#engine/flow/json.ts';
import { uuidv7 } from 'uuidv7';
import { referenceFlow } from './reference-flow.ts';

/** Writes a partner, a retailer, a connection to the sink and the live reference flow. @returns the flow and its endpoint's key */
export async function seedFlow(sql: Sql, sinkUrl: string): Promise<{ flowId: string; endpointKey: string }> {
  const [partnerId, retailerId, connectionId, flowId, versionId] = [uuidv7(), uuidv7(), uuidv7(), uuidv7(), uuidv7()];
  const endpointKey = `bench-${flowId}`;
  const doc = referenceFlow(connectionId);
  const text = stringifyJson(parseJson(JSON.stringify(doc)));
  const hash = await hashFlow(doc);
  const address = new URL(sinkUrl).host;
  await sql.begin(async (tx) => {
    // The tables force their tenant policies on the owner as well.
    await tx`SELECT set_config('weft.partner_id', ${partnerId}, true), set_config('weft.retailer_id', '*', true)`;
    await tx`INSERT INTO partner (id, slug, name) VALUES (${partnerId}, ${`bench-${partnerId}`}, 'Bench')`;
    await tx`INSERT INTO retailer (partner_id, id, slug, name) VALUES (${partnerId}, ${retailerId}, 'bench', 'Bench')`;
    await tx`INSERT INTO connection (partner_id, retailer_id, id, name, base_url, allow_private) VALUES (${partnerId}, ${retailerId}, ${connectionId}, 'Sink', ${sinkUrl}, true)`;
    await tx`INSERT INTO private_network (cidr, note) VALUES (${address}, 'bench sink') ON CONFLICT DO NOTHING`;
    await tx`INSERT INTO flow (partner_id, retailer_id, id, name) VALUES (${partnerId}, ${retailerId}, ${flowId}, 'Orders to the sink')`;
    await tx`INSERT INTO flow_version (partner_id, retailer_id, flow_id, id, number, doc, hash) VALUES (${partnerId}, ${retailerId}, ${flowId}, ${versionId}, 1, ${text}, ${hash})`;
    await tx`INSERT INTO live_version (partner_id, retailer_id, flow_id, version_id, active) VALUES (${partnerId}, ${retailerId}, ${flowId}, ${versionId}, true)`;
    await tx`INSERT INTO endpoint (key, partner_id, retailer_id, flow_id, node_id) VALUES (${endpointKey}, ${partnerId}, ${retailerId}, ${flowId}, 'hook')`;
  });
  return { flowId, endpointKey };
}

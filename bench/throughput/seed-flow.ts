import type { Sql } from '#drizzle/client.ts';
import type { FlowDocument } from '#engine/flow/document.ts';
import { hashFlow } from '#engine/flow/hash.ts';
import { stringifyJson, parseJson } from '#engine/flow/json.ts';
import { uuidv7 } from 'uuidv7';
import { VARIANTS } from '../lib/system.ts';
import { ordersFlow, productsFlow } from './flows.ts';

export interface SeededFlow {
  flowId: string;
  endpointKey: string;
}

/** Writes a partner, a retailer, a connection to the sink and the live flows: orders by each way of mapping, and products. */
export async function seedFlows(sql: Sql, sinkUrl: string): Promise<Record<'mapping' | 'jsonata' | 'script' | 'products', SeededFlow>> {
  const [partnerId, retailerId, connectionId] = [uuidv7(), uuidv7(), uuidv7()];
  const address = new URL(sinkUrl).host;
  return sql.begin(async (tx) => {
    // The tables force their tenant policies on the owner as well.
    await tx`SELECT set_config('weft.partner_id', ${partnerId}, true), set_config('weft.retailer_id', '*', true)`;
    await tx`INSERT INTO partner (id, slug, name) VALUES (${partnerId}, ${`bench-${partnerId}`}, 'Bench')`;
    await tx`INSERT INTO retailer (partner_id, id, slug, name) VALUES (${partnerId}, ${retailerId}, 'bench', 'Bench')`;
    await tx`INSERT INTO connection (partner_id, retailer_id, id, name, base_url, allow_private) VALUES (${partnerId}, ${retailerId}, ${connectionId}, 'Sink', ${sinkUrl}, true)`;
    await tx`INSERT INTO private_network (cidr, note) VALUES (${address}, 'bench sink') ON CONFLICT DO NOTHING`;

    const seed = async (name: string, doc: FlowDocument): Promise<SeededFlow> => {
      const [flowId, versionId] = [uuidv7(), uuidv7()];
      const endpointKey = `bench-${flowId}`;
      const text = stringifyJson(parseJson(JSON.stringify(doc)));
      await tx`INSERT INTO flow (partner_id, retailer_id, id, name) VALUES (${partnerId}, ${retailerId}, ${flowId}, ${name})`;
      await tx`INSERT INTO flow_version (partner_id, retailer_id, flow_id, id, number, doc, hash) VALUES (${partnerId}, ${retailerId}, ${flowId}, ${versionId}, 1, ${text}, ${await hashFlow(doc)})`;
      await tx`INSERT INTO live_version (partner_id, retailer_id, flow_id, version_id, active) VALUES (${partnerId}, ${retailerId}, ${flowId}, ${versionId}, true)`;
      await tx`INSERT INTO endpoint (key, partner_id, retailer_id, flow_id, node_id) VALUES (${endpointKey}, ${partnerId}, ${retailerId}, ${flowId}, 'hook')`;
      return { flowId, endpointKey };
    };
    const [mapping, jsonata, script] = await Promise.all(VARIANTS.map((variant) => seed(`Orders by ${variant}`, ordersFlow(connectionId, variant))));
    if (!mapping || !jsonata || !script) throw new Error('A flow was not seeded.');
    return { mapping, jsonata, script, products: await seed('Products', productsFlow(connectionId)) };
  });
}

import { uuidv7 } from 'uuidv7';
import { connect, type Sql, type SqlQueries } from '../client.ts';
import type { NewEvent } from './accept-events.ts';

/** A partner with two retailers and a flow with one version in each. */
export interface TestTenant {
  partnerId: string;
  retailers: { retailerId: string; flowId: string; versionId: string }[];
}

/** Adds a tenant to an empty database. `sql` is the owner's. */
export async function addTenant(sql: Sql): Promise<TestTenant> {
  const partnerId = uuidv7();
  const retailers = [1, 2].map(() => ({ retailerId: uuidv7(), flowId: uuidv7(), versionId: uuidv7() }));
  await sql.begin(async (tx) => {
    await tx`SELECT set_config('weft.maintenance', 'on', true)`;
    await tx`INSERT INTO partner (id, slug, name) VALUES (${partnerId}, ${partnerId}, 'P')`;
    await tx`INSERT INTO brand (partner_id, name, accent) VALUES (${partnerId}, 'P', '#0F766E')`;
    for (const { retailerId, flowId, versionId } of retailers) {
      await tx`INSERT INTO retailer (partner_id, id, name, slug) VALUES (${partnerId}, ${retailerId}, 'R', ${retailerId})`;
      await tx`INSERT INTO flow (partner_id, retailer_id, id, name) VALUES (${partnerId}, ${retailerId}, ${flowId}, 'F')`;
      await tx`INSERT INTO flow_version (partner_id, retailer_id, flow_id, id, number, doc, hash)
        VALUES (${partnerId}, ${retailerId}, ${flowId}, ${versionId}, 1, '{}', 'h')`;
    }
  });
  return { partnerId, retailers };
}

/** An event of a tenant's first retailer. */
export function eventOf(tenant: TestTenant, more: Partial<NewEvent> = {}): NewEvent {
  const [first] = tenant.retailers;
  if (!first) throw new Error('a tenant without retailers');
  return {
    id: uuidv7(),
    partnerId: tenant.partnerId,
    retailerId: first.retailerId,
    flowId: first.flowId,
    environment: 'production',
    endpointKey: null,
    nodeId: 'n1',
    trigger: 'webhook',
    lane: 0,
    orderingKey: null,
    deliveryId: null,
    headers: '{}',
    body: '{"id":820982911946154508}',
    contentType: 'application/json',
    test: false,
    ...more,
  };
}

/** Runs `work` as web does: in a transaction with a scope. */
export function scoped<T>(sql: Sql, scope: { partnerId: string; retailerId: string }, work: (tx: SqlQueries) => Promise<T>) {
  return sql.begin(async (tx) => {
    await tx`SELECT set_config('weft.partner_id', ${scope.partnerId}, true), set_config('weft.retailer_id', ${scope.retailerId}, true)`;
    return work(tx);
  });
}

/** Pools of all roles on one database. */
export function connectAll(urls: { ownerUrl: string; webUrl: string; authUrl: string; engineUrl: string }) {
  const owner = connect({ url: urls.ownerUrl, role: 'owner', max: 4 });
  const web = connect({ url: urls.webUrl, role: 'web', max: 4 });
  const auth = connect({ url: urls.authUrl, role: 'auth', max: 2 });
  const engine = connect({ url: urls.engineUrl, role: 'engine', max: 16 });
  const end = () => Promise.all([owner, web, auth, engine].map(({ sql }) => sql.end({ timeout: 5 })));
  return { owner: owner.sql, web: web.sql, auth: auth.sql, engine: engine.sql, end };
}

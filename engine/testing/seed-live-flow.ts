import postgres from 'postgres';
import { uuidv7 } from 'uuidv7';
import type { FlowDocument } from '#engine/flow/document.ts';
import { stringifyJson, type Json } from '#engine/flow/json.ts';
import { keyId, seal } from '#engine/vault/seal.ts';

/** Ids of what a test's database was given. */
export interface Tenant {
  partnerId: string;
  retailerId: string;
}

export interface LiveFlowIds extends Tenant {
  flowId: string;
  versionId: string;
  /** Last part of the address of each webhook and API trigger, by node id. */
  endpoints: Record<string, string>;
}

export interface NewConnection {
  baseUrl: string;
  secret?: string;
  webhookSecret?: string;
  authKind?: 'none' | 'bearer' | 'basic' | 'header';
  allowPrivate?: boolean;
  concurrency?: number;
  rateLimit?: object;
  drainPerSecond?: number;
}

/** Puts tenants, connections and live flows into a database the way the web process would, for tests and benches. Runs as owner. */
export class LiveSeed {
  readonly sql: postgres.Sql;
  readonly #publicKey: string;

  constructor(ownerUrl: string, publicKey: string) {
    this.sql = postgres(ownerUrl, { max: 2, onnotice: () => undefined, connection: { 'weft.maintenance': 'on' } });
    this.#publicKey = publicKey;
  }

  async tenant(name: string): Promise<Tenant> {
    const { sql } = this;
    const ids = { partnerId: uuidv7(), retailerId: uuidv7() };
    const slug = `${name}-${ids.partnerId.slice(-6)}`;
    await sql`insert into partner (id, slug, name) values (${ids.partnerId}, ${slug}, ${name})`;
    await sql`insert into retailer (partner_id, id, name, slug) values (${ids.partnerId}, ${ids.retailerId}, ${name}, ${slug})`;
    return ids;
  }

  /** @param hostPort allowed as a private address, such as '127.0.0.1:9100' */
  async allow(hostPort: string): Promise<void> {
    await this.sql`insert into private_network (cidr, note) values (${hostPort}, 'test') on conflict do nothing`;
  }

  async connection(tenant: Tenant, input: NewConnection): Promise<string> {
    const { sql } = this;
    const id = uuidv7();
    const { partnerId, retailerId } = tenant;
    await sql`insert into connection (partner_id, retailer_id, id, name, base_url, auth_kind, allow_private, concurrency, rate_limit, drain_per_second)
      values (${partnerId}, ${retailerId}, ${id}, ${`c-${id}`}, ${input.baseUrl}, ${input.authKind ?? 'none'}, ${input.allowPrivate ?? true}, ${input.concurrency ?? null},
        ${input.rateLimit ? JSON.stringify(input.rateLimit) : null}::text::jsonb, ${input.drainPerSecond ?? null})`;
    const secrets: ['secret' | 'webhook_secret', string | undefined][] = [['secret', input.secret], ['webhook_secret', input.webhookSecret]];
    for (const [field, text] of secrets) {
      if (text === undefined) continue;
      const sealed = await seal(this.#publicKey, `${partnerId}/${id}/${field}/1`, text);
      await sql`insert into credential (partner_id, retailer_id, id, connection_id, field, version, key_id, sealed)
        values (${partnerId}, ${retailerId}, ${uuidv7()}, ${id}, ${field}, 1, ${await keyId(this.#publicKey)}, ${sealed})`;
    }
    return id;
  }

  async liveFlow(tenant: Tenant, doc: FlowDocument): Promise<LiveFlowIds> {
    const { sql } = this;
    const { partnerId, retailerId } = tenant;
    const [flowId, versionId] = [uuidv7(), uuidv7()];
    const webhooks = doc.nodes.filter((node) => node.kind === 'webhook-trigger' || node.kind === 'api-trigger').map((node) => node.id);
    const endpoints = Object.fromEntries(webhooks.map((nodeId) => [nodeId, uuidv7().replaceAll('-', '')]));
    await sql.begin(async (tx) => {
      await tx`insert into flow (partner_id, retailer_id, id, name) values (${partnerId}, ${retailerId}, ${flowId}, 'Test flow')`;
      await tx`insert into flow_version (partner_id, retailer_id, flow_id, id, number, doc, hash)
        values (${partnerId}, ${retailerId}, ${flowId}, ${versionId}, 1, ${textOf(doc)}, ${versionId})`;
      for (const nodeId of webhooks) {
        await tx`insert into endpoint (key, partner_id, retailer_id, flow_id, node_id)
          values (${endpoints[nodeId] ?? ''}, ${partnerId}, ${retailerId}, ${flowId}, ${nodeId})`;
      }
      await tx`insert into live_version (partner_id, retailer_id, flow_id, version_id) values (${partnerId}, ${retailerId}, ${flowId}, ${versionId})`;
    });
    return { ...tenant, flowId, versionId, endpoints };
  }

  close(): Promise<void> {
    return this.sql.end({ timeout: 2 });
  }
}

function textOf(doc: FlowDocument): string {
  const json: Json = JSON.parse(JSON.stringify(doc));
  return stringifyJson(json);
}

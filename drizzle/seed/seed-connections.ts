import { and, eq, ne, like, sql } from 'drizzle-orm';
import { demoHeaders, demoSecrets, type DemoRetailer } from '#engine/testing/demo-world/demo-secrets.ts';
import { keyId, seal } from '#engine/vault/seal.ts';
import type { Queries } from '../client.ts';
import { connection, credential, privateNetwork } from '../schema/index.ts';
import type { DemoConnections } from './demo-flows.ts';
import { demoId } from './demo-id.ts';

export interface ConnectionsSeed {
  partnerId: string;
  retailerId: string;
  slug: DemoRetailer;
  /** Where the demo world listens, e.g. http://127.0.0.1:3002. */
  demoWorldUrl: string;
  /** Public sealing key of the installation. */
  publicKey: string;
}

interface DemoConnection {
  system: 'shop' | 'erp' | 'loyalty';
  name: string;
  authKind: 'bearer' | 'header';
  header?: string;
  secrets: { field: 'secret' | 'webhook_secret'; text: string }[];
}

export const connectionIdsOf = (slug: string): DemoConnections => ({
  shop: demoId(`connection/${slug}/shop`),
  erp: demoId(`connection/${slug}/erp`),
  loyalty: demoId(`connection/${slug}/loyalty`),
});

/** The operator's word that connections may reach the demo world, which listens on a private address. */
export async function allowDemoWorld(db: Queries, demoWorldUrl: string): Promise<void> {
  const { host } = new URL(demoWorldUrl);
  await db.insert(privateNetwork).values({ cidr: host, note: 'Demo world' }).onConflictDoNothing();
}

/** Connections to the three demo systems of a retailer, with their secrets sealed for the engine. */
export async function seedConnections(db: Queries, seed: ConnectionsSeed): Promise<void> {
  const { partnerId, retailerId, slug, demoWorldUrl } = seed;
  const ids = connectionIdsOf(slug);
  for (const { system, name, authKind, header, secrets } of connectionsOf(slug)) {
    const id = ids[system];
    const baseUrl = `${demoWorldUrl}/${system}`;
    const authConfig = header === undefined ? {} : { header };
    const row = { partnerId, retailerId, id, name, baseUrl, authKind, authConfig, allowPrivate: true };
    await db.insert(connection).values(row).onConflictDoNothing();
    // The demo world may have moved to another port since; an address somebody has typed is left alone.
    await db
      .update(connection)
      .set({ baseUrl, updatedAt: new Date() })
      .where(and(eq(connection.id, id), ne(connection.baseUrl, baseUrl), like(connection.baseUrl, `http://127.0.0.1:%/${system}`)));
    for (const secret of secrets) await seedCredential(db, seed, { connectionId: id, ...secret });
  }
}

function connectionsOf(slug: DemoRetailer): DemoConnection[] {
  const { shopToken, webhookSecret, erpToken, loyaltyKey } = demoSecrets[slug];
  return [
    {
      system: 'shop',
      name: 'Demo shop',
      authKind: 'header',
      header: demoHeaders.shop,
      secrets: [{ field: 'secret', text: shopToken }, { field: 'webhook_secret', text: webhookSecret }],
    },
    { system: 'erp', name: 'Demo ERP', authKind: 'bearer', secrets: [{ field: 'secret', text: erpToken }] },
    { system: 'loyalty', name: 'Demo loyalty', authKind: 'header', header: demoHeaders.loyalty, secrets: [{ field: 'secret', text: loyaltyKey }] },
  ];
}

async function seedCredential(
  db: Queries,
  { partnerId, retailerId, publicKey }: ConnectionsSeed,
  { connectionId, field, text }: { connectionId: string; field: 'secret' | 'webhook_secret'; text: string },
): Promise<void> {
  const [found] = await db
    .select({ known: sql<number>`1` })
    .from(credential)
    .where(and(eq(credential.connectionId, connectionId), eq(credential.field, field)))
    .limit(1);
  if (found) return;
  const version = 1;
  const sealed = await seal(publicKey, `${partnerId}/${connectionId}/${field}/${version}`, text);
  await db.insert(credential).values({ partnerId, retailerId, connectionId, field, version, keyId: await keyId(publicKey), sealed });
}

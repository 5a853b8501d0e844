import { sql } from 'drizzle-orm';
import { stringifyJson } from '#engine/flow/json.ts';
import { demoOrders } from '#engine/testing/demo-world/demo-orders.ts';
import { demoSecrets } from '#engine/testing/demo-world/demo-secrets.ts';
import { connect, type Queries } from '../client.ts';
import { ordersFlow, stockFlow } from './demo-flows.ts';
import { demoPartners, type DemoPartner, type DemoRetailerProfile } from './demo-people.ts';
import { seedCliKeys, type CliFile } from './seed-cli-key.ts';
import { allowDemoWorld, connectionIdsOf, seedConnections } from './seed-connections.ts';
import { seedFlow } from './seed-flow.ts';
import { partnerIdOf, retailerIdOf, seedPeople, userIdOf } from './seed-people.ts';

export interface SeedOptions {
  /** Where the engine takes webhooks, without a slash at the end; told to the command line. */
  enginePublicUrl: string;
  /** Where the demo world listens, e.g. http://127.0.0.1:3002. */
  demoWorldUrl: string;
  /** Public half of the installation's sealing key. */
  publicKey: string;
  /** Writes a file of the installation; the path is relative to its root ('.weft/cli.json'). */
  writeFile(path: string, text: string): Promise<void> | void;
  /** Reads one back; null when there is none. Without it, keys for the command line are made anew each time. */
  readFile?(path: string): Promise<string | null> | string | null;
}

const cliFile = '.weft/cli.json';

/**
 * Fills a migrated database with the demo: two partners, four retailers, their people, connections and flows. Repeatable: it adds
 * what is missing and leaves alone what people have changed. All or nothing; two at once wait for each other.
 */
export async function seedDemo(ownerUrl: string, options: SeedOptions): Promise<void> {
  const { sql: pool, db } = connect({ url: ownerUrl, role: 'owner', max: 1 });
  const partners = demoPartners();
  try {
    const known = readCliFile(await options.readFile?.(cliFile));
    const keys = await db.transaction(async (tx) => {
      await tx.execute(sql`SELECT set_config('weft.maintenance', 'on', true), pg_advisory_xact_lock(hashtextextended('weft.seed', 0))`);
      await seedPeople(tx, partners);
      await allowDemoWorld(tx, options.demoWorldUrl);
      for (const partner of partners) {
        for (const retailer of partner.retailers) await seedRetailer(tx, { partner, retailer, options });
      }
      const owners = partners.map(({ slug, name, consultant }) => ({ partnerId: partnerIdOf(slug), slug, name, createdBy: userIdOf(consultant.email) }));
      return seedCliKeys(tx, owners, known);
    });
    if (keys) await options.writeFile(cliFile, `${JSON.stringify({ ...keys, engineUrl: options.enginePublicUrl }, null, 2)}\n`);
  } finally {
    await pool.end({ timeout: 5 });
  }
}

interface RetailerSeed {
  partner: DemoPartner;
  retailer: DemoRetailerProfile;
  options: SeedOptions;
}

async function seedRetailer(db: Queries, { partner, retailer, options }: RetailerSeed): Promise<void> {
  const { slug } = retailer;
  const tenant = { partnerId: partnerIdOf(partner.slug), retailerId: retailerIdOf(slug) };
  await seedConnections(db, { ...tenant, slug, demoWorldUrl: options.demoWorldUrl, publicKey: options.publicKey });
  const ids = connectionIdsOf(slug);
  const connections = [
    { id: ids.shop, name: 'Demo shop', connector: 'http', hasWebhookSecret: true },
    { id: ids.erp, name: 'Demo ERP', connector: 'http', hasWebhookSecret: false },
    { id: ids.loyalty, name: 'Demo loyalty', connector: 'http', hasWebhookSecret: false },
  ];
  const common = { ...tenant, connections, publishedBy: userIdOf(partner.consultant.email) };
  const sample = demoOrders.find((one) => one.retailer === slug)?.order ?? null;
  await seedFlow(db, {
    ...common,
    key: `${slug}/orders`,
    name: 'Shopify order → ERP sales order + loyalty points',
    doc: ordersFlow(ids, stringifyJson(sample, 2)),
    active: true,
    endpoint: { nodeId: 'order', key: demoSecrets[slug].endpointKey },
  });
  if (slug === 'nordlicht') {
    await seedFlow(db, { ...common, key: `${slug}/stock`, name: 'Nightly stock check', doc: stockFlow(ids, retailer.timeZone), active: false });
  }
}

/** The file as it is; one that cannot be read counts as missing and is written anew. */
function readCliFile(text: string | null | undefined): CliFile | null {
  if (!text) return null;
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || !('keys' in value) || !Array.isArray(value.keys)) return null;
    const keys = value.keys.flatMap((one: unknown) =>
      typeof one === 'object' && one !== null && 'partner' in one && 'name' in one && 'key' in one
        ? [{ partner: String(one.partner), name: String(one.name), key: String(one.key) }]
        : [],
    );
    return { keys };
  } catch {
    return null;
  }
}

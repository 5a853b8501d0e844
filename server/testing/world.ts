import { createHash, randomBytes } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { uuidv7 } from 'uuidv7';
import { connect } from '#drizzle/client.ts';
import * as schema from '#drizzle/schema/index.ts';
import { testDatabase } from '#engine/testing/database.ts';
import { generateSealingKey, keyId } from '#engine/vault/seal.ts';
import type { SealingKey } from '#engine/vault/seal.ts';
import { hashPassword } from '../auth/password.ts';
import type { Role } from '../auth/permissions.ts';
import type { DbTransaction } from '../database.ts';
import { createRuntime } from '../runtime.ts';
import type { Runtime } from '../runtime.ts';
import { makePlace } from './place.ts';
import type { Place } from './place.ts';

/** A transaction of the database's owner, past all policies: only tests write like this. */
export type OwnerDb = DbTransaction;

export interface World {
  runtime: Runtime;
  sealingKey: SealingKey;
  engineUrl: string;
  /** Two partners; the first has two retailers. */
  alder: { partnerId: string; own: Place; sibling: Place };
  birch: { partnerId: string; own: Place };
  asOwner<T>(work: (db: OwnerDb) => Promise<T>): Promise<T>;
  /** @returns the e-mail address of a new person. */
  addPerson(at: { partnerId: string; retailerId?: string; role: Role } | null): Promise<string>;
  /** @returns a new API key in clear. */
  addApiKey(at: { partnerId: string; retailerId?: string; role: Role; expiresAt?: Date; revokedAt?: Date }): Promise<string>;
  close(): Promise<void>;
}

/** Everybody's password. */
export const password = 'correct horse battery';

/** Two partners with retailers, people and something of everything, on a real database, with the web process's runtime on it. */
export async function createWorld(): Promise<World> {
  const database = await testDatabase();
  const owner = connect({ url: database.ownerUrl, role: 'owner', max: 2 });
  const runtime = createRuntime({
    webDatabaseUrl: database.webUrl,
    authDatabaseUrl: database.authUrl,
    authSecret: randomBytes(32).toString('hex'),
    ingressUrl: 'http://127.0.0.1:3001',
    webPool: 5,
  });
  const passwordHash = await hashPassword(password);
  const sealingKey = await generateSealingKey();

  const asOwner: World['asOwner'] = (work) =>
    owner.db.transaction(async (tx) => {
      await tx.execute(sql`select set_config('weft.maintenance', 'on', true)`);
      return work(tx);
    });

  const addPerson: World['addPerson'] = async (at) => {
    const userId = uuidv7();
    const email = `${userId}@people.example`;
    await asOwner(async (db) => {
      await db.insert(schema.user).values({ id: userId, name: `Person ${userId.slice(-4)}`, email });
      await db.insert(schema.account).values({ userId, accountId: userId, providerId: 'credential', password: passwordHash });
      if (at !== null) await db.insert(schema.membership).values({ userId, partnerId: at.partnerId, retailerId: at.retailerId ?? null, role: at.role });
    });
    return email;
  };

  const addApiKey: World['addApiKey'] = async ({ partnerId, retailerId, ...rest }) => {
    const key = `weft_${randomBytes(24).toString('base64url')}`;
    const keyHash = createHash('sha256').update(key).digest('hex');
    await asOwner((db) => db.insert(schema.apiKey).values({ partnerId, retailerId: retailerId ?? null, name: 'key', keyHash, ...rest }));
    return key;
  };

  const { alder, birch } = await asOwner(async (db) => {
    await db.insert(schema.sealingKey).values({ id: await keyId(sealingKey.publicKey), publicKey: sealingKey.publicKey });
    const alderId = await makePartner(db, 'Alder');
    const birchId = await makePartner(db, 'Birch');
    return {
      alder: { partnerId: alderId, own: await makePlace(db, alderId, 'AlderOwn'), sibling: await makePlace(db, alderId, 'AlderSibling') },
      birch: { partnerId: birchId, own: await makePlace(db, birchId, 'BirchOwn') },
    };
  });

  return {
    runtime,
    sealingKey,
    engineUrl: database.engineUrl,
    alder,
    birch,
    asOwner,
    addPerson,
    addApiKey,
    async close() {
      await runtime.close();
      await owner.sql.end({ timeout: 5 });
      await database.drop();
    },
  };
}

async function makePartner(db: OwnerDb, name: string): Promise<string> {
  const id = uuidv7();
  const slug = name.toLowerCase();
  await db.insert(schema.partner).values({ id, slug, name });
  await db.insert(schema.brand).values({ partnerId: id, name: `${name} Brand`, accent: '#0F766E', logo: new Uint8Array([1, 2, 3]), logoType: 'image/png' });
  await db.insert(schema.domain).values({ host: `${slug}.localhost`, partnerId: id, verifiedAt: new Date() });
  return id;
}

import { generateSealingKey, publicKeyOf } from '#engine/vault/seal.ts';
import { testDatabase } from './database.ts';
import { FarEnd } from './far-end.ts';
import { LiveSeed } from './seed-live-flow.ts';

export interface EngineWorld {
  database: Awaited<ReturnType<typeof testDatabase>>;
  /** Opens what `seed` sealed: an engine of this world is started with it. */
  masterKey: string;
  seed: LiveSeed;
  /** The outside system; engines may call it. */
  far: FarEnd;
  farPort: number;
  farUrl: string;
  /** Whoever was started in the world is stopped before. */
  close(): Promise<void>;
}

/** What an engine under test stands in: a database of its own, a key, and an outside system that answers. */
export async function openEngineWorld(): Promise<EngineWorld> {
  const database = await testDatabase();
  const masterKey = (await generateSealingKey()).privateKey;
  const seed = new LiveSeed(database.ownerUrl, await publicKeyOf(masterKey));
  const far = new FarEnd();
  const farPort = await far.listen();
  await seed.allow(`127.0.0.1:${farPort}`);
  return {
    database, masterKey, seed, far, farPort,
    farUrl: `http://127.0.0.1:${farPort}`,
    async close() {
      await far.close();
      await seed.close();
      await database.drop();
    },
  };
}

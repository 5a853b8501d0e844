import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { seedDemo } from '#drizzle/seed/seed-demo.ts';
import { publicKeyOf } from '#engine/vault/seal.ts';
import type { Secrets } from './secrets.ts';
import type { LaunchSettings } from './settings.ts';

/** Where the demo is filled in and what it refers to. */
export interface SeedData {
  settings: LaunchSettings;
  secrets: Secrets;
  ownerUrl: string;
  ingressUrl: string;
  demoUrl: string;
}

/** Fills in the demo's partners, people, connections and flows; its files (keys of the command line) go to the data folder, whatever that is called. */
export async function seedDemoData({ settings, secrets, ownerUrl, ingressUrl, demoUrl }: SeedData): Promise<void> {
  const inDataDir = (path: string) => join(settings.dataDir, basename(path));
  await seedDemo(ownerUrl, {
    enginePublicUrl: settings.publicIngressUrl ?? ingressUrl,
    demoWorldUrl: demoUrl,
    publicKey: await publicKeyOf(readFileSync(secrets.masterKeyFile, 'utf8').trim()),
    writeFile: (path, text) => writeFileSync(inDataDir(path), text, { mode: 0o600 }),
    readFile: (path) => (existsSync(inDataDir(path)) ? readFileSync(inDataDir(path), 'utf8') : null),
  });
}

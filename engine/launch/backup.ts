// `npm run backup -- FOLDER`: the embedded database, while it runs, and the secrets it is useless without.
import { copyFileSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { baseBackup } from './base-backup.ts';
import { installationAt } from './installation.ts';
import { LaunchError } from './launch-error.ts';
import { readSettings } from './settings.ts';

try {
  const settings = readSettings(join(dirname(fileURLToPath(import.meta.url)), '..', '..'));
  const [folder] = process.argv.slice(2);
  if (!folder) throw new LaunchError('Say where to: npm run backup -- FOLDER');
  if (settings.databaseUrl !== null) throw new LaunchError('The database of DATABASE_URL is backed up with its own tools; see docs/backup-and-restore.md.');
  const { ownerUrl, dataDir, running } = await installationAt(settings);
  if (!running) throw new LaunchError('The database is not running: then a copy of the whole data folder is a backup.');
  const target = resolve(folder);
  const at = await baseBackup({ ownerUrl, dataDir, target: join(target, 'postgres') });
  mkdirSync(target, { recursive: true });
  for (const name of readdirSync(settings.dataDir)) {
    if (/\.(key|password|secret)$/.test(name) && existsSync(join(settings.dataDir, name))) copyFileSync(join(settings.dataDir, name), join(target, name));
  }
  process.stdout.write(`Backed up to ${target}, as of ${at.toISOString()}. It holds the master key: keep it as safe as the database itself.\n`);
} catch (error) {
  if (!(error instanceof LaunchError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

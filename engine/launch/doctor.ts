// `npm run doctor`: looks at the installation, changes nothing, says what to do. Exit code 1 when something is wrong.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { examine } from '#engine/host/doctor/examine.ts';
import type { Finding } from '#engine/host/doctor/finding.ts';
import { installationAt, secretOf } from './installation.ts';
import { LaunchError } from './launch-error.ts';
import { readSettings } from './settings.ts';

const MARKS: Record<Finding['state'], string> = { ok: ' ok ', warn: 'look', fail: 'FAIL' };

try {
  const settings = readSettings(join(dirname(fileURLToPath(import.meta.url)), '..', '..'));
  const findings = await examine({
    nodeVersion: process.version,
    databaseUrl: settings.databaseUrl ?? (await installationAt(settings)).ownerUrl,
    masterKey: secretOf(process.env['WEFT_MASTER_KEY_FILE'] ?? join(settings.dataDir, 'master.key')),
    folder: settings.databaseUrl === null ? settings.dataDir : null,
    ports: { web: settings.webPort, engine: settings.enginePort },
  });
  for (const { state, name, detail, todo } of findings) {
    process.stdout.write(`${MARKS[state]}  ${name.padEnd(22)} ${detail}\n${state === 'ok' || !todo ? '' : `      ${''.padEnd(22)} → ${todo}\n`}`);
  }
  const [failed, looked] = (['fail', 'warn'] as const).map((state) => findings.filter((finding) => finding.state === state).length);
  process.stdout.write(failed === 0 && looked === 0 ? '\nAll is well.\n' : `\n${failed} to repair, ${looked} to look at.\n`);
  process.exitCode = failed === 0 ? 0 : 1;
} catch (error) {
  if (!(error instanceof LaunchError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

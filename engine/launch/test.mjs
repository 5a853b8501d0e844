// `npm test`: installs if needed, then runs every check on Node 24.
import { handOver, prepare } from './prepare.mjs';

const child = handOver(await prepare(), 'run-tests.ts');
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill('SIGTERM'));
child.once('exit', (code) => process.exit(code ?? 1));

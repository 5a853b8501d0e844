// `npm start`: installs if needed, then runs the supervisor on Node 24 and starts it again should somebody kill it.
import { handOver, prepare, say } from './prepare.mjs';

const node = await prepare();
const RESTARTS = 5;
const parent = process.ppid;
let stopping = false;
let restarts = 0;
let child = start();

function start() {
  const supervisor = handOver(node, 'supervisor.ts');
  supervisor.once('exit', (code, signal) => {
    if (stopping || signal === null || ++restarts > RESTARTS) process.exit(code ?? (stopping ? 0 : 1));
    // Its children leave when it does, the database stays and is taken over.
    say(`The supervisor was ended by ${signal}; starting it again.`);
    setTimeout(() => {
      if (stopping) process.exit(0);
      child = start();
    }, 1_000);
  });
  return supervisor;
}

function stop() {
  stopping = true;
  if (child.connected) child.send('stop', () => undefined);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop);

// npm passes a signal to a shell, not to us; when that shell goes, nobody is left to stop us.
if (process.env.npm_lifecycle_event) {
  setInterval(() => {
    if (process.ppid !== parent) stop();
  }, 500).unref();
}

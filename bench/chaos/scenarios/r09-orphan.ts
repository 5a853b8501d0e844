import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import postgres from 'postgres';
import { waitUntilGone } from '#engine/launch/process-state.ts';
import { Misses, type Scenario } from '../lib/scenario.ts';
import { seconds } from './r01-kills.ts';

const HOLDER = fileURLToPath(new URL('../../../engine/launch/fixtures/hold-postgres.ts', import.meta.url));
const LIMIT_MS = 15_000;

interface Held {
  pid: number;
  adopted: boolean;
  url: string;
}

/** R9: the parent of the embedded database is killed; whoever starts next takes the orphan over, or starts it again when it died too. */
export const orphan: Scenario = {
  id: 'R9',
  title: 'embedded mode: parent SIGKILLed 50 times, in every fifth round the postmaster with it',
  wanted: 'orphan adopted or stopped, up ≤ 15 s, data intact',
  async run(context) {
    const rounds = context.size({ short: 5, usual: 50, long: 50 });
    const folder = context.folder();
    const misses = new Misses();
    const up: number[] = [];
    let adopted = 0;
    let second = 0;
    let { parent, held } = await hold(folder);
    context.after(async () => {
      process.kill(held.pid, 'SIGQUIT');
      await waitUntilGone(held.pid, 10_000);
    });
    await query(held.url, 'create table round (n int primary key)');
    for (let round = 1; round <= rounds; round += 1) {
      await query(held.url, `insert into round values (${round})`);
      const before = held;
      parent.kill('SIGKILL');
      await new Promise((resolve) => parent.once('exit', resolve));
      const both = round % 5 === 0;
      if (both) process.kill(held.pid, 'SIGKILL');
      const from = performance.now();
      ({ parent, held } = await hold(folder));
      await query(held.url, 'select 1');
      up.push(performance.now() - from);
      if (held.adopted) adopted += 1;
      if (!both && (held.pid !== before.pid || !held.adopted)) second += 1;
    }
    const rows = await query(held.url, 'select n from round order by n');
    parent.kill('SIGKILL');
    misses.expect(Math.max(...up) <= LIMIT_MS, `once it took ${seconds(Math.max(...up))} s`);
    misses.expect(second === 0, `${second} times a living orphan was not taken over`);
    misses.expect(rows === rounds, `${rows} of ${rounds} committed rows are there`);
    return { figures: { rounds, adopted, 'started again': rounds - adopted, 'slowest up after (s)': seconds(Math.max(...up)), 'rows lost': rounds - rows }, misses: misses.list };
  },
};

async function hold(folder: string): Promise<{ parent: ChildProcess; held: Held }> {
  const parent = fork(HOLDER, [folder], { execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const held = await new Promise<Held>((resolve, reject) => {
    parent.once('message', (message: Held) => resolve(message));
    parent.once('exit', (code) => reject(new Error(`The holder of the database ended with ${code}.`)));
  });
  return { parent, held };
}

/** @returns how many rows came back */
async function query(url: string, statement: string): Promise<number> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  try {
    return (await sql.unsafe(statement)).length;
  } finally {
    await sql.end({ timeout: 5 });
  }
}

import { spawn } from 'node:child_process';
import { join } from 'node:path';

/** What the sending process saw. */
export interface SendReport {
  /** How many answers came with each status. */
  statuses: Record<string, number>;
  /** Bodies of the first answers. */
  answers: string[];
  ms: number;
}

const sender = join(import.meta.dirname, 'send-shopify-webhook.mjs');

/** Posts a file as the shop would, from a process that shares no code with the product. `flags` are those of send-shopify-webhook.mjs. */
export function sendAsShop(target: { url: string; secret: string; file: string }, ...flags: string[]): Promise<SendReport> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [sender, target.url, target.secret, target.file, ...flags], { stdio: ['ignore', 'pipe', 'inherit'] });
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (part: string) => (text += part));
    child.once('exit', (code) => {
      if (code !== 0) return reject(new Error(`The sender ended with ${code}.`));
      const report: SendReport = JSON.parse(text);
      resolve(report);
    });
  });
}

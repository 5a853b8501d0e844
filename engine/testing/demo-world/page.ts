import type { LogEntry } from './journal.ts';
import { systemNames } from './system.ts';

const titles = { shop: 'Demo shop', erp: 'Demo ERP', loyalty: 'Demo loyalty' } as const;
const SHOWN = 50;

/** What the three systems received, for a human: newest first, the newest fifty of each. */
export function renderPage(entries: readonly LogEntry[]): string {
  const sections = systemNames.map((system) => {
    const own = entries.filter((entry) => entry.system === system);
    const rows = own.slice(-SHOWN).reverse().map(row).join('\n');
    const table = `<table><thead><tr><th>#</th><th>Time</th><th>Retailer</th><th>Request</th><th>Answer</th></tr></thead><tbody>${rows}</tbody></table>`;
    return `<section><h2>${titles[system]} <small>${own.length} requests</small></h2>${own.length > 0 ? table : '<p>Nothing yet.</p>'}</section>`;
  });
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Demo world</title>
<style>
:root { color-scheme: light dark; font: 14px/1.5 system-ui, sans-serif } body { max-width: 75rem; margin: 2rem auto; padding: 0 1rem }
small { font-weight: normal; opacity: .7 } table { border-collapse: collapse; width: 100% } th, td { text-align: left; vertical-align: top; padding: .3rem .6rem; border-bottom: 1px solid #8884 }
pre { white-space: pre-wrap; word-break: break-word; margin: .3rem 0; max-height: 20rem; overflow: auto } .bad { color: #c2410c }
</style>
<h1>Demo world</h1><p>A shop, an ERP and a loyalty service that flows can talk to, and everything they received. Machine-readable: <a href="/log">/log</a></p>
${sections.join('\n')}</html>`;
}

function row(entry: LogEntry): string {
  const answer = `${entry.status}${entry.replayed ? ' (replayed)' : ''}`;
  const head = `<td>${entry.seq}</td><td>${entry.at.slice(0, 19).replace('T', ' ')}</td><td>${escape(entry.retailer ?? '–')}</td>`;
  const request = `${escape(entry.method)} ${escape(entry.path)}${entry.body === '' ? '' : fold('body', entry.body)}`;
  return `<tr>${head}<td>${request}</td><td class="${entry.status >= 400 ? 'bad' : ''}">${answer}${fold('answer', entry.answer)}</td></tr>`;
}

function fold(title: string, text: string): string {
  return `<details><summary>${title}</summary><pre>${escape(text)}</pre></details>`;
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

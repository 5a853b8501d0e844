import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';

export interface Script {
  /** 'migrations/0001_tenants.sql' */
  name: string;
  text: string;
  /** SHA-256 in hex of the text. */
  hash: string;
}

/**
 * The SQL files beside this folder: `numbered` are applied once, in order; `repeatable` again whenever one of them changes.
 * Throws when the numbers of the migrations are not 1, 2, 3, ….
 */
export async function readScripts(): Promise<{ numbered: Script[]; repeatable: Script[] }> {
  const numbered = await readFolder('migrations');
  for (const [index, script] of numbered.entries()) {
    const prefix = `migrations/${String(index + 1).padStart(4, '0')}_`;
    if (!script.name.startsWith(prefix)) throw new Error(`Expected a migration ${prefix}*.sql, found ${script.name}.`);
  }
  return { numbered, repeatable: [...(await readFolder('functions')), ...(await readFolder('policies'))] };
}

async function readFolder(folder: string): Promise<Script[]> {
  const base = new URL(`../${folder}/`, import.meta.url);
  const files = (await readdir(base)).filter((file) => file.endsWith('.sql')).sort();
  return Promise.all(
    files.map(async (file) => {
      const text = await readFile(new URL(file, base), 'utf8');
      return { name: `${folder}/${file}`, text, hash: createHash('sha256').update(text).digest('hex') };
    }),
  );
}

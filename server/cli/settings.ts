import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { CliEnv } from '../env.ts';
import { CliError } from './cli-error.ts';

export interface Settings {
  /** Without a slash at the end. */
  url: string;
  apiKey: string;
}

export interface GivenOptions {
  url?: string;
  key?: string;
  partner?: string;
}

/** Written by the first start of an installation; holds one key per partner. */
const fileSchema = z.object({ webUrl: z.string().optional(), keys: z.array(z.object({ partner: z.string(), name: z.string().optional(), key: z.string() })) });

/** Where to go and as whom: options before environment before `.weft/cli.json`. @throws CliError when there is no key. */
export function readSettings(given: GivenOptions, env: CliEnv): Settings {
  const path = join(env.dataDir, 'cli.json');
  const file = readFile(path);
  const stored = given.partner === undefined ? file?.keys[0] : file?.keys.find((entry) => entry.partner === given.partner);
  if (given.partner !== undefined && stored === undefined) {
    const known = file?.keys.map((entry) => entry.partner).join(', ') || 'none';
    throw new CliError(`${path} has no key for the partner "${given.partner}". It knows: ${known}.`, 'usage');
  }
  const apiKey = given.key ?? (given.partner === undefined ? env.apiKey : null) ?? stored?.key;
  if (!apiKey) throw new CliError(`No API key. Give --key, set WEFT_API_KEY, or run where ${path} exists.`, 'usage');
  const url = given.url ?? env.url ?? file?.webUrl ?? `http://127.0.0.1:${env.webPort}`;
  if (!URL.canParse(url)) throw new CliError(`"${url}" is not an address.`, 'usage');
  return { url: url.replace(/\/+$/, ''), apiKey };
}

function readFile(path: string): z.infer<typeof fileSchema> | null {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return null;
  }
  try {
    return fileSchema.parse(JSON.parse(text));
  } catch {
    throw new CliError(`${path} cannot be read; start the product once, or give --key.`, 'usage');
  }
}

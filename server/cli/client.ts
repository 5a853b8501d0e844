import { createTRPCClient, httpLink, TRPCClientError } from '@trpc/client';
import type { TRPCClient } from '@trpc/client';
import type { AppRouter } from '../api/router.ts';
import { CliError } from './cli-error.ts';
import type { Settings } from './settings.ts';

export type Api = TRPCClient<AppRouter>;

/** The same procedures the browser calls, with an API key instead of a session. */
export function openApi(settings: Settings): Api {
  return createTRPCClient<AppRouter>({
    links: [httpLink({ url: `${settings.url}/api/trpc`, headers: { authorization: `Bearer ${settings.apiKey}` } })],
  });
}

/** What each code of the error table means at a terminal. */
const words: Record<string, string> = {
  not_found: 'Not found, or not yours to see',
  forbidden: 'This key may not do that',
  unauthenticated: 'The API key is unknown, expired or revoked',
  invalid: 'The server refused the input',
  conflict: 'Somebody else was faster, or the state does not allow it',
  too_large: 'That is too large',
  limited: 'Too many requests; try again later',
  unavailable: 'The server cannot do that right now; try again later',
  internal: 'The server failed; its log says why',
};

/** @returns the error of a call in plain words; errors of other kinds come back as they are. */
export function explain(error: unknown, url: string): unknown {
  if (!(error instanceof TRPCClientError)) return error;
  const data: unknown = error.data;
  if (typeof data !== 'object' || data === null || !('appCode' in data)) {
    return new CliError(`Nobody answers at ${url} (${rootMessage(error)}). Is it running? Say where with --url.`, 'unreachable');
  }
  const code = String(data.appCode);
  const params = 'params' in data && typeof data.params === 'object' && data.params !== null ? data.params : {};
  return new CliError(`${words[code] ?? code}${describeParams(params)}.`);
}

function describeParams(params: object): string {
  const parts: string[] = [];
  for (const [name, value] of Object.entries(params)) {
    // The other document of a conflict is nothing for a terminal.
    if (name === 'docText') continue;
    if (name === 'problems' && Array.isArray(value)) parts.push(...value.map((problem: unknown) => `\n  - ${describeProblem(problem)}`));
    else parts.push(`${name}: ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`);
  }
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`;
}

function describeProblem(problem: unknown): string {
  if (typeof problem !== 'object' || problem === null) return String(problem);
  return Object.entries(problem).map(([name, value]) => `${name} ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`).join(', ');
}

function rootMessage(error: Error): string {
  let root: Error = error;
  for (let depth = 0; root.cause instanceof Error && depth < 6; depth++) root = root.cause;
  return root.message || root.name;
}

/** One request as a demo system received it (its own append-only record). */
export interface Received {
  seq: number;
  system: string;
  retailer: string | null;
  method: string;
  path: string;
  idempotencyKey: string | null;
  body: string;
  status: number;
  replayed: boolean;
}

/** Everything the demo systems received after `since`; the far end's side of every check. */
export async function receivedSince(demoUrl: string, since: number): Promise<Received[]> {
  const answer = await fetch(`${demoUrl}/log?since=${since}`);
  const body: { entries: Received[] } | Received[] = await answer.json();
  return Array.isArray(body) ? body : body.entries;
}

/** The number of the newest request received so far. */
export async function lastReceived(demoUrl: string): Promise<number> {
  const all = await receivedSince(demoUrl, 0);
  return all.at(-1)?.seq ?? 0;
}

/** Lets a demo system misbehave; what is not named is normal again. */
export async function setFaults(demoUrl: string, faults: Record<string, Record<string, number | number[]>>): Promise<void> {
  const answer = await fetch(`${demoUrl}/faults`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(faults) });
  if (!answer.ok) throw new Error(`The demo world refused the faults: ${await answer.text()}`);
}

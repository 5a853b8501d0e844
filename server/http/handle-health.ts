import { sql } from 'drizzle-orm';
import type { Runtime } from '../runtime.ts';
import { withSecurityHeaders } from './security-headers.ts';

/** Answers 200 when this process can reach its database, else 503. Says nothing else to strangers. */
export async function handleHealth(request: Request, runtime: Runtime): Promise<Response> {
  return withSecurityHeaders(request, await answer(runtime));
}

async function answer(runtime: Runtime): Promise<Response> {
  try {
    await runtime.databases.auth.db.execute(sql`select 1`);
    return Response.json({ ok: true });
  } catch {
    return Response.json({ ok: false }, { status: 503, headers: { 'retry-after': '1' } });
  }
}

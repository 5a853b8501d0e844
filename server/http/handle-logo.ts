import { logoOfPartner } from '../repositories/doors.ts';
import type { Runtime } from '../runtime.ts';
import { withSecurityHeaders } from './security-headers.ts';

const rasters = new Set(['image/png', 'image/webp', 'image/jpeg']);
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Answers `/api/brand/<partnerId>/logo`. Only raster images leave: an SVG could carry script. */
export async function handleLogo(request: Request, asked: { runtime: Runtime; partnerId: string }): Promise<Response> {
  const logo = uuid.test(asked.partnerId) ? await logoOfPartner(asked.runtime.databases.auth.db, asked.partnerId) : null;
  if (logo === null || !rasters.has(logo.type)) return withSecurityHeaders(request, Response.json({ code: 'NOT_FOUND' }, { status: 404 }));
  // The address carries the brand's version.
  const headers = { 'content-type': logo.type, 'cache-control': 'public, max-age=31536000, immutable' };
  return withSecurityHeaders(request, new Response(new Uint8Array(logo.bytes), { headers }));
}

import { handleHealth } from '#server/http/handle-health.ts';
import { runtime } from '#server/runtime.ts';

export const dynamic = 'force-dynamic';

export const GET = (request: Request) => handleHealth(request, runtime());

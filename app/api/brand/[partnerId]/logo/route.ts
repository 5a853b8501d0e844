import { handleLogo } from '#server/http/handle-logo.ts';
import { runtime } from '#server/runtime.ts';

export const dynamic = 'force-dynamic';

export async function GET(request: Request, context: { params: Promise<{ partnerId: string }> }): Promise<Response> {
  const { partnerId } = await context.params;
  return handleLogo(request, { runtime: runtime(), partnerId });
}

import { handleAuth } from '#server/http/handle-auth.ts';
import { runtime } from '#server/runtime.ts';

export const dynamic = 'force-dynamic';

const handler = (request: Request) => handleAuth(request, runtime());

export { handler as GET, handler as POST };

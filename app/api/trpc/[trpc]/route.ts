import { handleTrpc } from '#server/http/handle-trpc.ts';
import { runtime } from '#server/runtime.ts';

export const dynamic = 'force-dynamic';

const handler = (request: Request) => handleTrpc(request, runtime());

export { handler as GET, handler as POST };

'use client';

import { createTRPCContext } from '@trpc/tanstack-react-query';
import type { AppRouter } from '#server/api/router.ts';

/** Typed access to the API from client components: `const trpc = useTrpc(); useQuery(trpc.run.list.queryOptions({…}))`. */
export const { TRPCProvider: TrpcContextProvider, useTRPC: useTrpc, useTRPCClient: useTrpcClient } = createTRPCContext<AppRouter>();

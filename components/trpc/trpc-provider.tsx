'use client';

import { QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createTRPCClient, httpBatchLink, httpSubscriptionLink, splitLink } from '@trpc/client';
import { type ReactNode, useState } from 'react';
import type { AppRouter } from '#server/api/router.ts';
import { readAppError } from './app-error.ts';
import { TrpcContextProvider } from './trpc.ts';

const ENDPOINT = '/api/trpc';
/** Refusals that another attempt cannot change; everything else is tried twice more. */
const FINAL_CODES = new Set(['not_found', 'forbidden', 'unauthenticated', 'invalid', 'conflict', 'too_large']);

/** Gives client components the API: queries and mutations in batches over HTTP, subscriptions over server-sent events. */
export function TrpcProvider({ children }: { children: ReactNode }) {
  const [queryClient] = useState(makeQueryClient);
  const [trpcClient] = useState(makeTrpcClient);
  return (
    <QueryClientProvider client={queryClient}>
      <TrpcContextProvider trpcClient={trpcClient} queryClient={queryClient}>
        {children}
      </TrpcContextProvider>
    </QueryClientProvider>
  );
}

function makeQueryClient(): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({ onError: leaveWhenSignedOut }),
    defaultOptions: {
      queries: {
        staleTime: 5_000,
        retry: (failures, error) => failures < 2 && !FINAL_CODES.has(readAppError(error).code),
      },
    },
  });
}

/** A session that ended while the page was open leads to the front door, and back here afterwards. */
function leaveWhenSignedOut(error: unknown): void {
  if (readAppError(error).code !== 'unauthenticated') return;
  const here = window.location.pathname + window.location.search;
  window.location.assign(`/sign-in?next=${encodeURIComponent(here)}`);
}

function makeTrpcClient() {
  return createTRPCClient<AppRouter>({
    links: [
      splitLink({
        condition: (operation) => operation.type === 'subscription',
        true: httpSubscriptionLink({ url: ENDPOINT }),
        false: httpBatchLink({ url: ENDPOINT, maxURLLength: 2_000 }),
      }),
    ],
  });
}

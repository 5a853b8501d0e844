'use client';

import { useQuery } from '@tanstack/react-query';
import { useTrpc } from '#components/trpc/trpc.ts';
import type { NavKey } from './nav-items.ts';
import { useCan } from './session-context.tsx';

const REFRESH_MS = 15_000;

/** What waits for a person in each section, as far as this person may look after it. */
export function useNavCounts(): Partial<Record<NavKey, number>> {
  const trpc = useTrpc();
  const exceptions = useQuery(trpc.exception.count.queryOptions(undefined, { enabled: useCan('exception:handle'), refetchInterval: REFRESH_MS }));
  const approvals = useQuery(trpc.approval.count.queryOptions(undefined, { enabled: useCan('approval:view'), refetchInterval: REFRESH_MS }));
  return { exceptions: exceptions.data?.open, approvals: approvals.data?.open };
}

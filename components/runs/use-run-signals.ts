'use client';

import { useSubscription } from '@trpc/tanstack-react-query';
import { useEffect, useEffectEvent, useRef } from 'react';
import { useTrpc } from '#components/trpc/trpc.ts';

interface RunSignalsOptions {
  enabled: boolean;
  /** Whether a change of these retailers' runs matters here. */
  concerns: (retailerIds: readonly string[]) => boolean;
  onSignal: () => Promise<void>;
}

/**
 * Calls `onSignal` when runs changed: one call at a time, and one more after it if something happened meanwhile, so that a
 * busy installation costs one request after the other and never a pile. Also called after the connection was lost and is back.
 * Returns whether signals are coming in.
 */
export function useRunSignals({ enabled, concerns, onSignal }: RunSignalsOptions): boolean {
  const trpc = useTrpc();
  const running = useRef(false);
  const again = useRef(false);
  const connectedBefore = useRef(false);
  const latest = useRef(onSignal);
  useEffect(() => {
    latest.current = onSignal;
  });

  async function ring() {
    if (running.current) {
      again.current = true;
      return;
    }
    running.current = true;
    try {
      do {
        again.current = false;
        await latest.current();
      } while (again.current);
    } catch {
      // The list on screen is still true for its moment; the next signal, or the reconnect after an outage, tries again.
    } finally {
      running.current = false;
    }
  }

  const subscription = useSubscription(
    // oxlint-disable-next-line react/refs -- onData runs when a message comes, not while rendering
    trpc.run.live.subscriptionOptions(undefined, {
      enabled,
      onData: (signal) => {
        if (concerns(signal.retailerIds)) void ring();
      },
    }),
  );
  const isLive = subscription.status === 'pending';
  const onConnected = useEffectEvent(() => {
    // The first connection needs no reading, the list has just been loaded; a later one may have missed something.
    if (connectedBefore.current) void ring();
    connectedBefore.current = true;
  });
  useEffect(() => {
    if (isLive) onConnected();
  }, [isLive]);
  return isLive;
}

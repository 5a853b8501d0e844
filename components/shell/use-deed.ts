'use client';

import { type QueryKey, useMutation, type UseMutationOptions, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useErrorText } from '#components/i18n/use-error-text.ts';
import { useToast } from '#components/ui/toast.tsx';

interface DeedOptions {
  /** What is out of date once it is done, and is read again. */
  stale: QueryKey;
  /** What is said when it is done. */
  toast?: { tone?: 'success'; title: string };
  /** It is done; what is out of date is still being read. */
  onDone: () => void;
}

/** Something a dialog does when it is confirmed. A try that failed leaves its reason in words, and the dialog open. */
export function useDeed<Answer, Failure, Input>(options: UseMutationOptions<Answer, Failure, Input>, { stale, toast: said, onDone }: DeedOptions) {
  const queryClient = useQueryClient();
  const toast = useToast();
  const errorText = useErrorText();
  const deed = useMutation({
    ...options,
    onSuccess: async () => {
      if (said !== undefined) toast(said);
      onDone();
      await queryClient.invalidateQueries({ queryKey: stale });
    },
  });
  const error: ReactNode = deed.isError ? errorText(deed.error) : undefined;
  return { mutate: deed.mutate, busy: deed.isPending, error };
}

'use client';

import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { Spinner } from '#components/ui/spinner.tsx';

/** Sends somebody who is signed out to the front door, with the way back. */
export function SignInAgain() {
  const router = useRouter();
  useEffect(() => {
    const here = window.location.pathname + window.location.search;
    router.replace(`/sign-in?next=${encodeURIComponent(here)}`);
  }, [router]);
  return (
    <div className="flex h-dvh items-center justify-center text-text-muted">
      <Spinner className="size-5" />
    </div>
  );
}

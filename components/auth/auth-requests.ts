/** Why a sign-in did not work, in the words of the messages `auth.failure.<code>`. */
export type SignInFailure = 'wrong' | 'limited' | 'unreachable' | 'failed';

export type SignInOutcome = { ok: true } | { ok: false; failure: SignInFailure };

/** Signs in by e-mail and password; the session cookie comes with the answer. Never throws. */
export async function signIn(credentials: { email: string; password: string }): Promise<SignInOutcome> {
  const status = await post('/api/auth/sign-in/email', credentials);
  if (status === null) return { ok: false, failure: 'unreachable' };
  if (status >= 200 && status < 300) return { ok: true };
  if (status === 429) return { ok: false, failure: 'limited' };
  return { ok: false, failure: status >= 500 ? 'failed' : 'wrong' };
}

/** Ends the session. True when the server confirmed it. */
export async function signOut(): Promise<boolean> {
  const status = await post('/api/auth/sign-out', {});
  return status !== null && status < 400;
}

/** The answer's status, or null when there was no answer. */
async function post(path: string, body: unknown): Promise<number | null> {
  try {
    const response = await fetch(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
    return response.status;
  } catch {
    return null;
  }
}

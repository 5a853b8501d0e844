/** Asks again every few milliseconds until the answer is not null, undefined or false. @throws Error after `timeoutMs` */
export async function until<T>(ask: () => T | Promise<T>, timeoutMs = 20_000, what = 'it'): Promise<NonNullable<T>> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const answer = await ask();
    if (answer !== null && answer !== undefined && answer !== false) return answer;
    if (performance.now() > deadline) throw new Error(`Waited ${timeoutMs} ms for ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 15));
  }
}

import { setTimeout as wait } from 'node:timers/promises';
import { CliError } from './cli-error.ts';
import type { Settings } from './settings.ts';

const againMs = 1_000;

/**
 * Yields each time the server says that runs changed, over server-sent events, and comes again when the stream ends or the
 * server is away for a while. @throws CliError when the server refuses the key.
 */
export async function* readSignals(settings: Settings): AsyncGenerator<void> {
  for (;;) {
    try {
      const response = await fetch(`${settings.url}/api/trpc/run.live`, { headers: { accept: 'text/event-stream', authorization: `Bearer ${settings.apiKey}` } });
      if (response.status === 401 || response.status === 403) throw new CliError('The API key may not see runs.');
      yield* eventsOf(response);
    } catch (error) {
      if (error instanceof CliError) throw error;
    }
    await wait(againMs);
  }
}

async function* eventsOf(response: Response): AsyncGenerator<void> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of response.body ?? []) {
    const blocks = (rest + decoder.decode(chunk, { stream: true })).split('\n\n');
    rest = blocks.pop() ?? '';
    // Blocks with a name (connected, ping, return) are the transport's own.
    for (const block of blocks) if (block.trimStart().startsWith('data:') && !block.includes('event:')) yield;
  }
}

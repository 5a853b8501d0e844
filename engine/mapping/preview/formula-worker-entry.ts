import { serveFormulas } from './formula-worker.ts';

serveFormulas(globalThis as unknown as Parameters<typeof serveFormulas>[0]);

import type { Migration } from './migration.ts';

/** Version 1 is the first; a document without a version is one from before it was written down. */
export const initial: Migration = {
  to: 1,
  name: '0001-initial',
  up: (document) => ({ ...document, schemaVersion: 1 }),
};

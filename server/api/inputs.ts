import { z } from 'zod';

/** Sizes in characters. A document of 2 MB is far beyond any canvas a person can read. */
export const maxDocument = 2_000_000;
export const maxBody = 5_000_000;

export const id = z.uuid();
/** Ids of nodes inside a document. */
export const nodeId = z.string().min(1).max(100);
export const name = z.string().trim().min(1).max(120);
export const docText = z.string().min(2).max(maxDocument);
export const bodyText = z.string().max(maxBody);
export const revision = z.number().int().min(0);

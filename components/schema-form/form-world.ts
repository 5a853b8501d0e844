'use client';

import { createContext, useContext, useMemo } from 'react';
import type { Json } from '#engine/flow/json.ts';
import type { Problem } from '#engine/flow/problem.ts';
import { type SamplePath, samplePaths } from './sample-paths.ts';

/** What the fields of a form may know of the world around them. */
export interface FormWorld {
  /** The node kind, below which the form's texts lie. */
  kind: string;
  nodeId: string;
  retailerId: string;
  connections: readonly { id: string; name: string; baseUrl: string; hasWebhookSecret: boolean }[];
  /** Problems of this node. */
  problems: readonly Problem[];
  /** The record that arrives at this node, where one is known. */
  sample: Json | undefined;
  readOnly: boolean;
}

export const FormWorldContext = createContext<FormWorld | null>(null);

export function useFormWorld(): FormWorld {
  const world = useContext(FormWorldContext);
  if (world === null) throw new Error('A form field is used outside <SchemaForm>');
  return world;
}

/** Fields of the sample, to pick from. */
export function useSamplePaths(): SamplePath[] {
  const { sample } = useFormWorld();
  return useMemo(() => samplePaths(sample), [sample]);
}

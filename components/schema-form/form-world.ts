'use client';

import { createContext, useContext, useMemo } from 'react';
import type { FlowNode } from '#engine/flow/document.ts';
import type { Json } from '#engine/flow/json.ts';
import type { Problem } from '#engine/flow/problem.ts';
import type { ConnectionView } from '#server/views/connection.ts';
import { type SamplePath, samplePaths } from './sample-paths.ts';

/** What the fields of a form may know of the world around them. */
export interface FormWorld {
  /** The node kind, below which the form's texts lie. */
  kind: string;
  nodeId: string;
  retailerId: string;
  connections: readonly ConnectionView[];
  /** They have been read; absent: nobody asks. */
  connectionsKnown?: boolean;
  /** Flows of the retailer, this one among them; undefined while they are not known. */
  flows: readonly { id: string; name: string; state: 'draft' | 'live' | 'paused' }[] | undefined;
  /** The flow that is edited. */
  flowId: string;
  /** Lookup tables of the retailer; undefined while they are not known. */
  tables: readonly { name: string; columns: readonly string[] }[] | undefined;
  /** What could not be read, and how to try again. */
  failed?: { flows?: () => void; tables?: () => void; connections?: () => void };
  /** The nodes of this flow, for fields that name another one. */
  nodes: readonly FlowNode[];
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

import { useMemo } from 'react';
import { useDesigner, useDesignerStore } from '../use-designer.ts';
import { type NodeSample, samplesAt, type SourceSample, type Steps } from './sample-list.ts';
import { useSampleDeeds } from './use-sample-deeds.ts';
import { useSources } from './use-sources.ts';
import { type Way, wayTo } from './way.ts';

export interface NodeSamples {
  /** Every sample as it arrives at the node; one that does not come this far is left out. */
  samples: readonly NodeSample[];
  current: NodeSample | null;
  /** The event that the current sample begins as at its trigger; null for a record whose event is not known. */
  source: SourceSample | null;
  /** To the next sample or the one before, round and round. */
  step(by: 1 | -1): void;
  choose(id: string): void;
  /** Keeps the event of the current sample under a name. */
  pin(name: string): Promise<void>;
  rename(id: string, name: string): Promise<void>;
  remove(id: string): Promise<void>;
  loading: boolean;
  error: unknown;
}

/**
 * The samples of a node: records of the last test, pinned samples, what was pasted and recent real events, each as it arrives there.
 * What is chosen at one node is chosen at all.
 */
export function useSamples(nodeId: string): NodeSamples {
  const store = useDesignerStore();
  const way = useDesigner((state) => wayTo(state.doc, nodeId));
  const test = useDesigner((state) => state.test);
  const chosen = useDesigner((state) => state.sampleId);
  const { list: sources, loading, error } = useSources(way.triggers);
  const steps = test?.steps ?? null;
  const samples = useMemo(() => keptSamples(way, sources, steps), [way, sources, steps]);
  const current = useMemo(() => samples.find(({ id }) => id === chosen) ?? samples[0] ?? null, [samples, chosen]);
  const source = useMemo(() => sourceOf(current, sources, test?.source ?? null), [current, sources, test]);
  const deeds = useSampleDeeds(source);
  return useMemo(() => {
    const choose = (sampleId: string) => store.setState({ sampleId });
    return {
      samples,
      current,
      source,
      choose,
      step(by) {
        const at = current === null ? -1 : samples.indexOf(current);
        const next = samples[(at + by + samples.length) % Math.max(1, samples.length)];
        if (next !== undefined) choose(next.id);
      },
      ...deeds,
      loading,
      error,
    };
  }, [store, samples, current, source, deeds, loading, error]);
}

function sourceOf(current: NodeSample | null, sources: readonly SourceSample[], tested: SourceSample | null): SourceSample | null {
  if (current === null) return null;
  return current.kind === 'test' ? tested : (sources.find(({ id }) => id === current.id) ?? null);
}

interface Kept {
  sources: readonly SourceSample[];
  steps: Steps | null;
  samples: NodeSample[];
}

const kept = new WeakMap<Way, Kept>();

/** Several parts of the screen ask for the same node's samples; they are computed once. */
function keptSamples(way: Way, sources: readonly SourceSample[], steps: Steps | null): readonly NodeSample[] {
  const known = kept.get(way);
  if (known !== undefined && known.steps === steps && sameList(known.sources, sources)) return known.samples;
  const samples = samplesAt(way, sources, steps);
  kept.set(way, { sources, steps, samples });
  return samples;
}

function sameList(a: readonly SourceSample[], b: readonly SourceSample[]): boolean {
  return a === b || (a.length === b.length && a.every((sample, at) => sample.id === b[at]?.id && sample.bodyText === b[at]?.bodyText && sample.name === b[at]?.name));
}

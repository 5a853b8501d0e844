'use client';

import { useCommands } from '#components/commands/command-context.tsx';
import { useCan } from '#components/shell/session-context.tsx';
import type { FlowNode } from '#engine/flow/document.ts';
import { useRunToHere } from './use-run-to-here.ts';
import { useSamples } from './use-samples.ts';

/** Offers the test up to the selected node to its key and the palette, whatever the inspector shows of it. */
export function RunToHereOffer({ node }: { node: FlowNode }) {
  const mayTest = useCan('test:run');
  const run = useRunToHere(node, useSamples(node.id));
  useCommands({ runToHere: { run: () => run?.(), enabled: () => mayTest && run !== null } });
  return null;
}

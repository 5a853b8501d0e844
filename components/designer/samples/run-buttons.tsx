'use client';

import { FastForward, Play } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '#components/ui/button.tsx';
import { stringifyJson } from '#engine/flow/json.ts';
import type { FlowNode } from '#engine/flow/document.ts';
import { findNodeKind } from '#engine/nodes/registry.ts';
import { useDesigner } from '../use-designer.ts';
import { useTestRun } from '../use-test-run.ts';
import { useRunToHere } from './use-run-to-here.ts';
import type { NodeSamples } from './use-samples.ts';
import { wayTo } from './way.ts';

/** Runs the draft up to this step, or this step alone on the record that is looked at. Writes are held back unless the switch says otherwise. */
export function RunButtons({ node, samples }: { node: FlowNode; samples: NodeSamples }) {
  const t = useTranslations('samples');
  const run = useTestRun();
  const testing = useDesigner((state) => state.testing);
  const sendWrites = useDesigner((state) => state.sendWrites);
  const [trigger] = useDesigner((state) => wayTo(state.doc, node.id).triggers);
  const { current, source } = samples;
  const kind = findNodeKind(node.kind);
  const isTrigger = kind?.group === 'trigger';
  // Where several edges meet, one record is not what the step works on.
  const alone = !isTrigger && kind !== undefined && current !== null && node.kind !== 'merge' && node.kind !== 'join';
  const startAt = source?.triggerId ?? trigger?.id;
  const runToHere = useRunToHere(node, samples);
  return (
    <div className="flex flex-wrap gap-2">
      <Button
        size="sm"
        busy={run.running && testing?.untilNodeId === node.id}
        disabled={runToHere === null}
        onClick={() => runToHere?.()}
      >
        <FastForward aria-hidden className="size-3.5" />
        {t(sendWrites ? 'runToHereSending' : 'runToHere')}
      </Button>
      {!isTrigger && (
        <Button
          size="sm"
          busy={run.running && testing?.onlyNodeId === node.id}
          disabled={run.running || !alone}
          onClick={() => {
            if (current !== null) run.start({ triggerNodeId: startAt ?? node.id, bodyText: stringifyJson(current.data), source: null, onlyNodeId: node.id });
          }}
        >
          <Play aria-hidden className="size-3.5" />
          {t(sendWrites ? 'runStepSending' : 'runStep')}
        </Button>
      )}
    </div>
  );
}

'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { FlowNode } from '#engine/flow/document.ts';
import { findNodeKind } from '#engine/nodes/registry.ts';
import { StepDetail } from '../step-detail.tsx';
import { TestOutcome } from '../test-outcome.tsx';
import { useConnections } from '../use-connections.ts';
import { useDesigner } from '../use-designer.ts';
import { useTestRun } from '../use-test-run.ts';
import { CallCard } from './call-card.tsx';
import { computeNode, isComputed } from './compute-node.ts';
import { PastStep } from './past-step.tsx';
import { PortsData } from './ports-data.tsx';
import { RecordList } from './record-list.tsx';
import { RunButtons } from './run-buttons.tsx';
import { SampleBar } from './sample-bar.tsx';
import { type NodeSamples, useSamples } from './use-samples.ts';
import { wayTo } from './way.ts';
import { wouldCall } from './would-call.ts';
import { WriteSwitch } from './write-switch.tsx';

/** What goes into a node and what comes out of it: in the last test, in a past run, or with the chosen sample. */
export function NodeData({ node }: { node: FlowNode }) {
  const t = useTranslations('samples');
  const samples = useSamples(node.id);
  const run = useTestRun();
  const past = useDesigner((state) => state.run);
  const step = useDesigner((state) => state.test?.steps.get(node.id));
  const here = useDesigner((state) => state.testing?.untilNodeId === node.id || state.testing?.onlyNodeId === node.id);
  const [trigger] = useDesigner((state) => wayTo(state.doc, node.id).triggers);
  if (past !== null) return <PastStep node={node} run={past} />;
  const tested = step !== undefined && (samples.current === null || samples.current.kind === 'test');
  return (
    <div className="flex flex-col gap-4 p-4">
      <SampleBar samples={samples} triggerId={trigger?.id ?? null} />
      {findNodeKind(node.kind)?.group !== 'annotation' && (
        <div className="flex flex-col gap-2">
          <RunButtons node={node} samples={samples} />
          <WriteSwitch />
          {here && <TestOutcome error={run.error} running={run.running} startedAt={run.startedAt} brief />}
        </div>
      )}
      {samples.current === null && !tested && <p className="text-xs text-text-muted">{t(trigger === undefined ? 'noTrigger' : samples.loading ? 'loading' : 'nothing')}</p>}
      {tested ? <StepDetail step={step} node={node} /> : <Computed node={node} samples={samples} />}
    </div>
  );
}

/** Input and output for a sample, as far as they can be known without running anything. */
function Computed({ node, samples }: { node: FlowNode; samples: NodeSamples }) {
  const t = useTranslations('samples');
  const result = useTranslations('designer.result');
  const retailerId = useDesigner((state) => state.retailerId);
  const connections = useConnections(retailerId);
  const { current } = samples;
  if (current === null) return null;
  const record = { key: '0', data: current.data };
  const computed = isComputed(node) ? computeNode(node, { in: [record] }) : null;
  const { connectionId } = node.config;
  const call = wouldCall(node, current.data, connections.find(({ id }) => id === connectionId)?.baseUrl ?? null);
  const isTrigger = findNodeKind(node.kind)?.group === 'trigger';
  return (
    <>
      {call !== null && (
        <DataSection title={result('calls')}>
          <CallCard call={call} />
        </DataSection>
      )}
      {!isTrigger && (
        <DataSection title={result('input')}>
          <RecordList records={[record]} label={result('input')} />
        </DataSection>
      )}
      <DataSection title={result('output')}>
        {computed === null ? (
          <p className="text-xs text-text-muted">{t('runToSee')}</p>
        ) : (
          <>
            {computed.failures.map(({ code, message }) => (
              <p key={code} className="rounded-md bg-failed-tint px-3 py-2 text-xs break-words text-failed">
                {message}
              </p>
            ))}
            <PortsData node={node} label={result('output')} ports={computed.outputs} />
          </>
        )}
      </DataSection>
    </>
  );
}

export function DataSection({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title} className="flex min-w-0 flex-col gap-1.5">
      <h3 className="text-xs font-semibold">{title}</h3>
      {children}
    </section>
  );
}

'use client';

import { useNodeText } from '#components/canvas/use-node-text.ts';
import { outputsOf } from '#components/canvas/kind-info.ts';
import type { FlowNode } from '#engine/flow/document.ts';
import type { DataRecord } from '#engine/nodes/step.ts';
import { RecordList } from './record-list.tsx';

interface PortsDataProps {
  node: FlowNode;
  label: string;
  ports: Readonly<Record<string, readonly DataRecord[]>>;
}

/** What came out of a node, by port where it has several. */
export function PortsData({ node, label, ports }: PortsDataProps) {
  const { portLabel } = useNodeText(node);
  const outputs = outputsOf(node);
  const found = outputs.filter(({ id }) => (ports[id]?.length ?? 0) > 0);
  const [only] = found;
  if (outputs.length <= 1 || only === undefined) return <RecordList records={Object.values(ports).flat()} label={label} />;
  return (
    <div className="flex flex-col gap-2">
      {found.map((port) => (
        <div key={port.id} className="flex flex-col gap-1">
          <h4 className="text-2xs font-medium text-text-muted">{portLabel(port, 'out')}</h4>
          <RecordList records={ports[port.id] ?? []} label={`${label}: ${portLabel(port, 'out')}`} />
        </div>
      ))}
    </div>
  );
}

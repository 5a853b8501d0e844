import { Handle, Position } from '@xyflow/react';
import type { PortSpec } from '#engine/nodes/node-kind.ts';

export type PortSide = 'in' | 'out';

/** The mark where an edge begins or ends. */
export function PortHandle({ port, side, name, connectable }: { port: PortSpec; side: PortSide; name: string; connectable: boolean }) {
  return (
    <Handle
      id={port.id}
      type={side === 'in' ? 'target' : 'source'}
      position={side === 'in' ? Position.Left : Position.Right}
      isConnectable={connectable}
      data-type={port.type}
      title={name}
      role="img"
      aria-label={name}
      className="weft-port"
    />
  );
}

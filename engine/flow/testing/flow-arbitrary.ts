import fc from 'fast-check';
import { nodeKinds } from '../../nodes/registry.ts';
import { emptyDocument, GROUP_COLOURS, initialSettings, type FlowNode } from '../document.ts';
import type { FlowOp } from '../ops.ts';

/** Few ids, so that operations meet the same nodes and edges often. */
const nodeId = fc.constantFrom('n1', 'n2', 'n3', 'n4', 'n5', 'n6');
const edgeId = fc.constantFrom('e1', 'e2', 'e3', 'e4', 'e5');
// JSON knows no negative zero; adding 0 takes it away.
const height = fc.double({ min: -500, max: 500, noNaN: true }).map((value) => value + 0);
const position = fc.record({ x: fc.integer({ min: -5_000, max: 5_000 }), y: height });
const label = fc.string({ maxLength: 30 });
const config = fc.constantFrom(...nodeKinds).map(initialConfig);
const policy = fc.record(
  {
    failures: fc.array(fc.record({ match: fc.constantFrom('404', '5xx', 'http_timeout', 'not a match'), class: fc.constantFrom('data' as const, 'ignore' as const) }), { maxLength: 3 }),
    maxAttempts: fc.integer({ min: 0, max: 21 }),
  },
  { requiredKeys: ['failures'] },
);
const index = fc.option(fc.integer({ min: -1, max: 6 }), { nil: undefined });
const end = fc.record({ node: nodeId, port: fc.constantFrom('in', 'out', 'kept') });
const edge = fc.record({ id: edgeId, from: end, to: end });
const groupId = fc.constantFrom('g1', 'g2', 'g3');
// Nodes named twice too: such a group is refused.
const group = fc.record({ id: groupId, label, colour: fc.constantFrom(...GROUP_COLOURS), folded: fc.boolean(), nodes: fc.array(nodeId, { maxLength: 4 }) });
const settings = fc
  .record({ orderingKey: fc.option(fc.string({ maxLength: 20 })), concurrency: fc.integer({ min: 1, max: 64 }) })
  .map((changes) => ({ ...initialSettings(), ...changes }));

/** A new kind's configuration, as the document stores it. */
function initialConfig(kind: (typeof nodeKinds)[number]): FlowNode['config'] {
  return { ...JSON.parse(JSON.stringify(kind.initial())) };
}

const node: fc.Arbitrary<FlowNode> = fc
  .record({ id: nodeId, kind: fc.constantFrom(...nodeKinds), label, position })
  .map(({ kind, ...rest }) => ({ ...rest, kind: kind.kind, kindVersion: kind.version, config: initialConfig(kind) }));

const simpleOp: fc.Arbitrary<FlowOp> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ type: fc.constant('addNode' as const), node, index }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('removeNode' as const), nodeId }) },
  fc.record({ type: fc.constant('moveNodes' as const), positions: fc.dictionary(nodeId, position) }),
  fc.record({ type: fc.constant('setLabel' as const), nodeId, label }),
  fc.record({ type: fc.constant('setConfig' as const), nodeId, config }),
  { weight: 2, arbitrary: fc.record({ type: fc.constant('setPolicy' as const), nodeId, policy: fc.option(policy) }) },
  { weight: 5, arbitrary: fc.record({ type: fc.constant('addEdge' as const), edge, index }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('removeEdge' as const), edgeId }) },
  { weight: 4, arbitrary: fc.record({ type: fc.constant('addGroup' as const), group, index }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('setGroup' as const), group }) },
  fc.record({ type: fc.constant('removeGroup' as const), groupId }),
  fc.record({ type: fc.constant('setSettings' as const), settings }),
);

/** Operations as an editor, or somebody less careful, might send them; many are refused. */
export const anyOp: fc.Arbitrary<FlowOp> = fc.oneof(
  { weight: 10, arbitrary: simpleOp },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('replace' as const), doc: fc.constant(emptyDocument()) }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('batch' as const), ops: fc.array(simpleOp, { maxLength: 4 }) }) },
);


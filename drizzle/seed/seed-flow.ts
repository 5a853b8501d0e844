import { eq } from 'drizzle-orm';
import type { FlowDocument } from '#engine/flow/document.ts';
import { hashFlow } from '#engine/flow/hash.ts';
import { stringifyJson } from '#engine/flow/json.ts';
import type { CheckScope } from '#engine/flow/problem.ts';
import { validateFlow } from '#engine/flow/validate.ts';
import type { Queries } from '../client.ts';
import { endpoint, flow, flowDraft, flowVersion, liveVersion } from '../schema/index.ts';
import { demoId } from './demo-id.ts';

export interface FlowSeed {
  partnerId: string;
  retailerId: string;
  /** Fixed name of the flow in the demo, e.g. 'nordlicht/orders'. */
  key: string;
  name: string;
  doc: FlowDocument;
  connections: CheckScope['connections'];
  /** false = published but paused. */
  active: boolean;
  publishedBy: string;
  /** Address of a webhook trigger: its node and endpoint key. */
  endpoint?: { nodeId: string; key: string };
}

/**
 * A flow with draft, first version and live version, as if a consultant had published it. One that is there already, changed or
 * not, stays as it is. Throws when the document has problems: the demo must be an example.
 */
export async function seedFlow(db: Queries, seed: FlowSeed): Promise<void> {
  const { partnerId, retailerId, doc } = seed;
  const flowId = demoId(`flow/${seed.key}`);
  const [found] = await db.select({ id: flow.id }).from(flow).where(eq(flow.id, flowId));
  if (found) return;
  const problems = validateFlow(doc, { connections: seed.connections, mayPublishUnverified: false });
  if (problems.length > 0) throw new Error(`Flow ${seed.key} of the demo: ${stringifyJson(problems.map(({ code, nodeId }) => `${code} ${nodeId ?? ''}`))}`);
  const tenant = { partnerId, retailerId };
  const text = stringifyJson(doc);
  const versionId = demoId(`version/${seed.key}/1`);
  await db.insert(flow).values({ ...tenant, id: flowId, name: seed.name });
  await db.insert(flowDraft).values({ ...tenant, flowId, doc: text, revision: 1, updatedBy: seed.publishedBy });
  await db.insert(flowVersion).values({ ...tenant, flowId, id: versionId, number: 1, doc: text, hash: await hashFlow(doc), publishedBy: seed.publishedBy });
  await db.insert(liveVersion).values({ ...tenant, flowId, versionId, active: seed.active, activatedBy: seed.publishedBy });
  if (seed.endpoint) await db.insert(endpoint).values({ ...tenant, flowId, ...seed.endpoint });
}

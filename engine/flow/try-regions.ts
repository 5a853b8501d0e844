/** An edge as far as regions care. */
export interface RegionEdge {
  from: { node: string; port: string };
  to: { node: string };
}

/** A node whose kind `catches`, with the names of its two output ports. */
export interface TryNode {
  id: string;
  body: string;
  failed: string;
}

export interface TryRegion {
  /** The try's failed port. */
  failed: string;
  /** Nodes whose failures come out at the try's failed port. */
  inside: Set<string>;
  /** Nodes that can be reached from the failed port. */
  handlers: Set<string>;
}

/**
 * The region of each try: what can be reached from its body, without what can also be reached from its failed port (there the two
 * ways have met again). A try whose failed port leads nowhere catches nothing: its failures would vanish.
 */
export function tryRegions(edges: readonly RegionEdge[], tries: readonly TryNode[]): Map<string, TryRegion> {
  const next = Map.groupBy(edges, ({ from }) => from.node);
  const behind = ({ id, port }: { id: string; port: string }): Set<string> => {
    const seen = new Set((next.get(id) ?? []).filter(({ from }) => from.port === port).map(({ to }) => to.node));
    for (const node of seen) for (const { to } of next.get(node) ?? []) seen.add(to.node);
    return seen;
  };
  const regions = new Map<string, TryRegion>();
  for (const { id, body, failed } of tries) {
    const handlers = behind({ id, port: failed });
    const inside = new Set([...behind({ id, port: body })].filter((node) => !handlers.has(node)));
    if (handlers.size > 0) regions.set(id, { failed, inside, handlers });
  }
  nest(regions);
  return regions;
}

/**
 * A region within another ends where the outer one ends at the latest. Else the outer one would wait for a step behind its own
 * failed port, which waits for the outer one.
 */
function nest(regions: ReadonlyMap<string, TryRegion>): void {
  for (let changed = true; changed; ) {
    changed = false;
    for (const outer of regions.values()) {
      for (const [id, { inside }] of regions) {
        if (!outer.inside.has(id)) continue;
        for (const node of inside) if (!outer.inside.has(node)) changed = inside.delete(node);
      }
    }
  }
}

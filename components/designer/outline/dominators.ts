export interface Dominators {
  /** Every node once, each after the one that owns it. */
  order: readonly string[];
  /** The last node that every path from a beginning to this one leads through; null: there is none. */
  of(id: string): string | null;
}

/**
 * Dominators of a graph with several beginnings (Cooper, Harvey and Kennedy). Beginnings are the nodes nothing leads to, in the
 * order given, and of a circle nothing leads into its first node.
 */
export function dominators(ids: readonly string[], following: (id: string) => readonly string[]): Dominators {
  const order = reversePostOrder(ids, following);
  // Index 0 stands before all beginnings.
  const at = new Map(order.ids.map((id, index) => [id, index + 1]));
  const before: number[][] = [[], ...order.ids.map((): number[] => [])];
  for (const id of order.ids) {
    const from = at.get(id) ?? 0;
    for (const next of following(id)) before[at.get(next) ?? 0]?.push(from);
  }
  for (const id of order.beginnings) before[at.get(id) ?? 0]?.push(0);
  const dom: number[] = [0];
  for (let changed = true; changed; ) {
    changed = false;
    for (let index = 1; index < before.length; index += 1) {
      let found: number | undefined;
      for (const prior of before[index] ?? []) if (dom[prior] !== undefined) found = found === undefined ? prior : meet(dom, prior, found);
      if (found === undefined || dom[index] === found) continue;
      dom[index] = found;
      changed = true;
    }
  }
  return { order: order.ids, of: (id) => order.ids[(dom[at.get(id) ?? 0] ?? 0) - 1] ?? null };
}

function meet(dom: readonly number[], one: number, other: number): number {
  let [a, b] = [one, other];
  while (a !== b) {
    if (a > b) a = dom[a] ?? 0;
    else b = dom[b] ?? 0;
  }
  return a;
}

/** Every node before what it leads to, circles aside. Without recursion: a chain of a thousand steps is a path a thousand deep. */
function reversePostOrder(ids: readonly string[], following: (id: string) => readonly string[]): { ids: string[]; beginnings: string[] } {
  const beginnings = beginningsOf(ids, following);
  const known = new Set(ids);
  const seen = new Set<string>();
  const done: string[] = [];
  // Everything from the last to the first, so that reversed the first beginning and the first way out come first.
  for (const start of beginnings.toReversed()) {
    seen.add(start);
    const open = [{ id: start, next: following(start), left: following(start).length }];
    for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
      if (top.left === 0) {
        done.push(top.id);
        open.pop();
        continue;
      }
      top.left -= 1;
      const child = top.next[top.left];
      if (child === undefined || !known.has(child) || seen.has(child)) continue;
      seen.add(child);
      open.push({ id: child, next: following(child), left: following(child).length });
    }
  }
  return { ids: done.reverse(), beginnings };
}

function beginningsOf(ids: readonly string[], following: (id: string) => readonly string[]): string[] {
  const led = new Set(ids.flatMap((id) => following(id)));
  const reached = new Set<string>();
  const reach = (from: string) => {
    const open = [from];
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      if (reached.has(id)) continue;
      reached.add(id);
      open.push(...following(id));
    }
  };
  const beginnings = ids.filter((id) => !led.has(id));
  beginnings.forEach(reach);
  for (const id of ids) {
    if (reached.has(id)) continue;
    beginnings.push(id);
    reach(id);
  }
  return beginnings;
}

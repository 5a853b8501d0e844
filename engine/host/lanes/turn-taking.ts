import type { HeldLane } from './held-lane.ts';

/** What a start costs by priority (place in PRIORITIES): of two that always have work, orders start sixteen times as often as backfills. */
const COST = [1, 2, 4, 8, 16];

interface FlowTurn {
  flowId: string;
  spent: number;
  /** The first has the next turn. */
  lanes: HeldLane[];
}

interface RetailerTurn {
  spent: number;
  flows: Map<string, FlowTurn>;
}

/**
 * Who starts next: the retailer that has spent least of the starts so far, then its flow that has, then that flow's lanes in
 * turn. So a retailer with a long queue and many flows does not keep one with a short queue waiting. Who was away comes in
 * at the present level: nobody saves up turns.
 */
export class TurnTaking {
  readonly #retailers = new Map<string, RetailerTurn>();
  readonly #lanes = new Set<HeldLane>();
  /** Flows that cannot start anything in this round. */
  readonly #closed = new Set<string>();
  #level = 0;

  get size(): number {
    return this.#lanes.size;
  }

  has(lane: HeldLane): boolean {
    return this.#lanes.has(lane);
  }

  /** The lane may have something to start. */
  add(lane: HeldLane): void {
    if (this.#lanes.has(lane)) return;
    this.#lanes.add(lane);
    const { retailerId, flowId } = lane.lease;
    let retailer = this.#retailers.get(retailerId);
    if (!retailer) {
      retailer = { spent: this.#level, flows: new Map() };
      this.#retailers.set(retailerId, retailer);
    }
    const flow = retailer.flows.get(flowId);
    if (flow) {
      flow.lanes.push(lane);
      return;
    }
    const least = Math.min(...[...retailer.flows.values()].map((one) => one.spent));
    retailer.flows.set(flowId, { flowId, spent: Number.isFinite(least) ? least : 0, lanes: [lane] });
  }

  /** It has nothing to start. */
  remove(lane: HeldLane): void {
    if (!this.#lanes.delete(lane)) return;
    const { retailerId, flowId } = lane.lease;
    const retailer = this.#retailers.get(retailerId);
    const flow = retailer?.flows.get(flowId);
    if (!retailer || !flow) return;
    flow.lanes = flow.lanes.filter((one) => one !== lane);
    if (flow.lanes.length > 0) return;
    retailer.flows.delete(flowId);
    if (retailer.flows.size === 0) this.#retailers.delete(retailerId);
  }

  /** A new round: everybody is asked again. */
  begin(): void {
    this.#closed.clear();
  }

  /** Nothing of this flow starts in this round. */
  close(flowId: string): void {
    this.#closed.add(flowId);
  }

  /** The lane whose turn it is; null: nobody can start anything. */
  next(): HeldLane | null {
    let retailer: RetailerTurn | null = null;
    let flow: FlowTurn | null = null;
    for (const candidate of this.#retailers.values()) {
      if (retailer && candidate.spent >= retailer.spent) continue;
      const its = this.#flowOf(candidate);
      if (!its) continue;
      retailer = candidate;
      flow = its;
    }
    if (!retailer || !flow) return null;
    const lane = flow.lanes.shift();
    if (!lane) return null;
    flow.lanes.push(lane);
    return lane;
  }

  #flowOf(retailer: RetailerTurn): FlowTurn | null {
    let best: FlowTurn | null = null;
    for (const flow of retailer.flows.values()) if ((!best || flow.spent < best.spent) && !this.#closed.has(flow.flowId)) best = flow;
    return best;
  }

  /** The lane started something of this priority. */
  charge(lane: HeldLane, rank: number): void {
    const retailer = this.#retailers.get(lane.lease.retailerId);
    const flow = retailer?.flows.get(lane.lease.flowId);
    if (!retailer || !flow) return;
    const cost = COST[rank] ?? 1;
    this.#level = retailer.spent;
    retailer.spent += cost;
    flow.spent += cost;
  }
}

import type { Json } from '#engine/flow/json.ts';
import type { CallRequest, CallResult, EvaluateRequest, EvaluateResult, StatePort, StepPorts } from '#engine/nodes/step.ts';
import type { Attempt, Scope } from './attempt.ts';
import { effectKey } from './effect-key.ts';
import type { TriggerStep } from './trigger-plan.ts';

/** Puts the ledger between a step and the world: an effect that was settled before is answered from the journal. */
export class MemoPorts implements StepPorts {
  /** A call was answered for good in this execution: what depends on it must wait until that is durable. */
  settledSomething = false;
  /** A port failed in itself (not the vendor: the process, or its lease): the run cannot be trusted to go on. */
  lost = false;
  /** The connection of the last call that is to be tried again. */
  waitsFor: string | null = null;
  readonly now: () => number;
  readonly #at: TriggerStep;
  readonly #attempt: Attempt;
  readonly #scope: Scope;
  #state: StatePort | undefined;

  constructor(at: TriggerStep, attempt: Attempt, scope: Scope) {
    this.#at = at;
    this.#attempt = attempt;
    this.#scope = scope;
    this.now = attempt.input.ports.now;
  }

  // Kinds may take the functions off the object.
  call = async (request: CallRequest): Promise<CallResult> => {
    const { event, journal } = this.#attempt.input;
    const { nodeId } = this.#at.step;
    const key = effectKey(event.id, nodeId, request.recordKey);
    const writes = !isRead(request.method);
    const settled = request.settle === false ? undefined : journal.settled(key);
    if (settled) {
      this.#tellRegion(request, settled, writes);
      return settled;
    }
    let result: CallResult;
    try {
      result = await this.#attempt.input.ports.call({ nodeId, attempt: this.#attempt.input.attempt, effectKey: key, writes, page: this.#scope.page, request });
    } catch (error) {
      this.lost = true;
      throw error;
    }
    const status = this.#settles(request, result);
    if (status) {
      this.settledSomething = true;
      journal.effect({ key, nodeId, recordKey: request.recordKey, writes, request, result, status, page: this.#scope.page });
    }
    this.#tellRegion(request, result, writes);
    return result;
  };

  evaluate = (request: EvaluateRequest): Promise<EvaluateResult> => this.#attempt.input.ports.evaluate(request);

  /** Few steps ask for it. */
  get state(): StatePort {
    return (this.#state ??= this.#makeState());
  }

  #makeState(): StatePort {
    const { journal, ports } = this.#attempt.input;
    const { nodeId } = this.#at.step;
    const host = ports.state(nodeId);
    return {
      claim: (request) => this.#guard(host.claim(request)),
      coalesce: (request) => this.#guard(host.coalesce(request)),
      xrefGet: (request) => this.#guard(host.xrefGet(request)),
      xrefPut: (request) => this.#guard(host.xrefPut(request)),
      lookup: (request) => this.#guard(host.lookup(request)),
      approval: (request) => this.#guard(host.approval(request)),
      callFlow: (request) => this.#guard(host.callFlow(request)),
      publish: (request) => this.#guard(host.publish(request)),
      respond: (answer) => this.#guard(host.respond(answer)),
      readCheckpoint: (name) => this.#guard(host.readCheckpoint(name)),
      writeCheckpoint: (name, value) => this.mark(name, value),
      remember: async (recordKey: string, value: Json) => {
        const known = journal.remembered(nodeId, recordKey);
        if (known !== undefined) return known;
        journal.remember({ nodeId, recordKey, value, page: this.#scope.page });
        this.settledSomething = true;
        return value;
      },
    };
  }

  /** Sets a checkpoint with the page under way. A source sets those of a page that has not begun yet elsewhere. */
  mark(name: string, value: Json): void {
    this.#attempt.input.journal.checkpoint(name, value);
  }

  async #guard<T>(work: Promise<T>): Promise<T> {
    try {
      return await work;
    } catch (error) {
      this.lost = true;
      throw error;
    }
  }

  /**
   * Whether an answer settles the call for good. Reads are settled too: what a run decided by an answer (a branch, a batch) must
   * not come out differently after a crash. What may be tried again is not settled; what was held back did not happen.
   */
  #settles(request: CallRequest, result: CallResult): 'done' | 'failed' | null {
    const settle = request.settle !== false;
    if (result.ok) return result.held || !settle ? null : 'done';
    const verdict = this.#attempt.verdict(this.#at, result, this.#scope);
    if (verdict === 'exception' || verdict === 'ignore') return settle ? 'failed' : null;
    this.waitsFor = request.connectionId;
    return null;
  }

  #tellRegion(request: CallRequest, result: CallResult, writes: boolean): void {
    const { region, step } = this.#at;
    if (region !== null && writes) this.#attempt.region(region).wrote({ nodeId: step.nodeId, recordKey: request.recordKey, result });
  }
}

function isRead(method: string): boolean {
  return method === 'GET' || method === 'HEAD' || method === 'OPTIONS';
}

import type { Json } from '#engine/flow/json.ts';
import type { CallRequest, CallResult, EvaluateRequest, EvaluateResult, StatePort, StepPorts } from '#engine/nodes/step.ts';
import { effectKey } from './effect-key.ts';
import type { RunJournal } from './journal.ts';
import type { RunPorts } from './ports.ts';

interface Context {
  event: { id: string };
  journal: RunJournal;
  ports: RunPorts;
  attempt: number;
}

/** The ports of one step, which also remember whether the step changed anything. */
export function stepPorts(nodeId: string, context: Context): MemoPorts {
  return new MemoPorts(nodeId, context);
}

/** Puts the ledger between a step and the world: an effect that was settled before is answered from the journal. */
class MemoPorts implements StepPorts {
  /** A call was answered for good in this execution: what depends on it must wait until that is durable. */
  settledSomething = false;
  /** A port failed in itself (not the vendor: the process, or its lease): the run cannot be trusted to go on. */
  lost = false;
  readonly now: () => number;
  readonly #nodeId: string;
  readonly #context: Context;
  #state: StatePort | undefined;

  constructor(nodeId: string, context: Context) {
    this.#nodeId = nodeId;
    this.#context = context;
    this.now = context.ports.now;
  }

  // Kinds may take the functions off the object.
  call = async (request: CallRequest): Promise<CallResult> => {
    const { event, journal, ports, attempt } = this.#context;
    const key = effectKey(event.id, this.#nodeId, request.recordKey);
    const writes = !isRead(request.method);
    const settled = journal.settled(key);
    if (settled) return settled;
    let result: CallResult;
    try {
      result = await ports.call({ nodeId: this.#nodeId, attempt, effectKey: key, writes, page: 0, request });
    } catch (error) {
      this.lost = true;
      throw error;
    }
    const status = settles(result);
    if (status) {
      this.settledSomething = true;
      journal.effect({ key, nodeId: this.#nodeId, recordKey: request.recordKey, writes, request, result, status, page: 0 });
    }
    return result;
  };

  evaluate = (request: EvaluateRequest): Promise<EvaluateResult> => this.#context.ports.evaluate(request);

  /** Few steps ask for it. */
  get state(): StatePort {
    return (this.#state ??= this.#makeState());
  }

  #makeState(): StatePort {
    const host = this.#context.ports.state(this.#nodeId);
    const { journal } = this.#context;
    const nodeId = this.#nodeId;
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
      writeCheckpoint: (name, value) => journal.checkpoint(name, value),
      remember: async (recordKey: string, value: Json) => {
        const known = journal.remembered(nodeId, recordKey);
        if (known !== undefined) return known;
        journal.remember({ nodeId, recordKey, value, page: 0 });
        this.settledSomething = true;
        return value;
      },
    };
  }

  async #guard<T>(work: Promise<T>): Promise<T> {
    try {
      return await work;
    } catch (error) {
      this.lost = true;
      throw error;
    }
  }
}

function isRead(method: string): boolean {
  return method === 'GET' || method === 'HEAD' || method === 'OPTIONS';
}

/**
 * Whether an answer settles the call for good. Reads are settled too: what a run decided by an answer (a branch, a batch) must
 * not come out differently after a crash. What may be tried again is not settled; what was held back did not happen.
 */
function settles(result: CallResult): 'done' | 'failed' | null {
  if (result.ok) return result.held ? null : 'done';
  return result.class === 'data' || result.class === 'auth' ? 'failed' : null;
}

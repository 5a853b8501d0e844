import type { FailureClass } from '#engine/nodes/step.ts';

/** A call that got no answer from the vendor: refused by the guard, or the network failed. */
export class EgressError extends Error {
  readonly failure: FailureClass;
  readonly code: string;

  constructor(failure: FailureClass, code: string, message: string) {
    super(message);
    this.name = 'EgressError';
    this.failure = failure;
    this.code = code;
  }
}

/**
 * Why a sealed value could not be made or opened.
 * `malformed`: a key or a sealed value is not in our form. `wrong_key`: sealed for another key than the one at hand.
 * `not_authentic`: right key, but the value was changed or belongs to another place (its associated data differs).
 */
export type SealErrorCode = 'malformed' | 'wrong_key' | 'not_authentic';

const explanations = {
  malformed: 'The key or the sealed value is malformed.',
  wrong_key: 'The value was sealed for another key.',
  not_authentic: 'The sealed value was changed, or was sealed for another place.',
} satisfies Record<SealErrorCode, string>;

/** Thrown by the functions of seal.ts; never carries a key or a plaintext. */
export class SealError extends Error {
  readonly code: SealErrorCode;

  constructor(code: SealErrorCode) {
    super(explanations[code]);
    this.name = 'SealError';
    this.code = code;
  }
}

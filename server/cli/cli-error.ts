/** Exit codes: what a script can act on. */
export const exitCodes = { refused: 1, usage: 2, unreachable: 3 } as const;

/** Something to tell the person at the terminal in plain words; no stack is shown. */
export class CliError extends Error {
  readonly exitCode: number;

  constructor(message: string, reason: keyof typeof exitCodes = 'refused') {
    super(message);
    this.name = 'CliError';
    this.exitCode = exitCodes[reason];
  }
}

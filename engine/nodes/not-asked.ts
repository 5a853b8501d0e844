/** `execute` of a paged source: the interpreter asks it for pages instead. */
export function notAsked(): never {
  throw new Error('A paged source is asked for its pages, not executed.');
}

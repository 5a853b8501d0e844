/** The example of a call as a far system's documentation shows it. */
export function curl(url: string, body?: string): string {
  return body === undefined ? `curl ${url}` : `curl -X POST ${url} -H "Content-Type: application/json" -d '${body}'`;
}

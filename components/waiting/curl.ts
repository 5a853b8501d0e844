/** A command that calls an address, to be pasted into a terminal. The secret's place is marked, never filled in. */
export function curlOf(url: string, header: string | null): string {
  const lines = [`curl -X POST ${quoted(url)}`, `-H ${quoted('Content-Type: application/json')}`];
  if (header !== null) lines.push(`-H ${quoted(`${header}: <secret or signature>`)}`);
  return [...lines, `-d ${quoted('{}')}`].join(' \\\n  ');
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/**
 * The target of the first link with a relation in a `Link` header (RFC 8288); null when there is none.
 * Reads several links in one header, quoted and bare parameters, and several relations in one `rel`.
 */
export function linkTarget(header: string | undefined, relation: string): string | null {
  const text = header ?? '';
  let at = 0;
  while (at < text.length) {
    const open = text.indexOf('<', at);
    const close = open < 0 ? -1 : text.indexOf('>', open);
    if (close < 0) return null;
    const target = text.slice(open + 1, close).trim();
    const { relations, end } = parametersOf(text, close + 1);
    if (relations.includes(relation)) return target;
    at = end;
  }
  return null;
}

/** The relations of one link, and where the next link begins. Only the first `rel` counts, as the RFC says. */
function parametersOf(text: string, from: number): { relations: string[]; end: number } {
  let relations: string[] | null = null;
  let at = from;
  while (at < text.length && text[at] !== ',') {
    if (text[at] !== ';') {
      at += 1;
      continue;
    }
    const { name, value, end } = parameterOf(text, at + 1);
    if (name === 'rel') relations ??= value.toLowerCase().split(/\s+/);
    at = end;
  }
  return { relations: relations ?? [], end: at + 1 };
}

function parameterOf(text: string, from: number): { name: string; value: string; end: number } {
  let at = from;
  while (at < text.length && !'=;,'.includes(text.charAt(at))) at += 1;
  const name = text.slice(from, at).trim().toLowerCase();
  if (text[at] !== '=') return { name, value: '', end: at };
  at += 1;
  while (text[at] === ' ') at += 1;
  if (text[at] === '"') return { name, ...quoted(text, at + 1) };
  const start = at;
  while (at < text.length && !';,'.includes(text.charAt(at))) at += 1;
  return { name, value: text.slice(start, at).trim(), end: at };
}

function quoted(text: string, from: number): { value: string; end: number } {
  let value = '';
  let at = from;
  for (; at < text.length && text[at] !== '"'; at += 1) {
    if (text[at] === '\\') at += 1;
    value += text[at] ?? '';
  }
  return { value, end: at + 1 };
}
